package org.chanterelle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The boundaries of the packages: which may import which of ours, and who may use a library. */
class ArchitectureTest {
    private static final String ROOT = "org.chanterelle.";
    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.chanterelle");

    /** A package (with ".." its subpackages too) and those of ours that it may import beside itself. */
    private record Boundary(String of, String... mayImport) {}

    private static final List<Boundary> BOUNDARIES = List.of(new Boundary("signal"), new Boundary("rt.dsp", "signal"),
            new Boundary("analysis..", "rt.dsp", "signal"), new Boundary("rt.engine", "rt.dsp", "signal"),
            new Boundary("rt", "rt.dsp", "rt.engine", "analysis..", "signal"), new Boundary("driver..", "rt", "signal"),
            new Boundary("ddsp..", "signal"), new Boundary("model..", "ddsp..", "signal"),
            new Boundary("inference..", "analysis..", "model..", "rt..", "signal"),
            new Boundary("train..", "rt.dsp", "analysis..", "model..", "ddsp..", "signal", "audiofile.."),
            new Boundary("generate..", "analysis..", "model..", "ddsp..", "rt..", "inference..", "signal", "audiofile.."),
            new Boundary("evaluate..", "signal", "rt..", "analysis..", "ddsp..", "model..", "inference..", "train..",
                    "generate..",
                    "audiofile..", "preset.."),
            new Boundary("audiofile..", "signal"), new Boundary("preset..", "signal", "rt.engine", "audiofile.."),
            new Boundary("live..", "driver..", "inference..", "analysis..", "model..", "rt..", "preset..", "signal",
                    "audiofile.."));

    /** A library and the packages of ours that may use it. */
    private record Library(String packages, String... usedBy) {}

    private static final List<Library> LIBRARIES = List.of(
            new Library("ai.djl..", "ddsp..", "model..", "inference..", "train..", "generate..", "evaluate.."),
            new Library("be.tarsos..", "analysis.."), new Library("com.lmax.disruptor..", "rt", "inference..", "live.."),
            new Library("org.jflac..", "audiofile.."), new Library("net.sourceforge.javaflacencoder..", "audiofile.."),
            new Library("com.jcraft..", "audiofile.."), new Library("picocli..", "cli.."),
            new Library("java.lang.foreign..", "driver.jack..", "train"),
            new Library("javax.sound.sampled..", "driver.javasound.."),
            new Library("javax.sound.midi..", "driver.javasound..", "audiofile.."));

    @TestFactory
    Stream<DynamicTest> aPackageImportsOnlyWhatItMay() {
        return BOUNDARIES.stream().map(boundary -> DynamicTest.dynamicTest(boundary.of(), () -> rule(boundary).check(PRODUCT)));
    }

    @Test
    void aForbiddenImportIsFound() {
        Boundary withoutSignal = new Boundary("audiofile..");
        assertThatThrownBy(() -> rule(withoutSignal).check(PRODUCT)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("UserError");
    }

    @TestFactory
    Stream<DynamicTest> aLibraryStaysWithinItsPackages() {
        return LIBRARIES.stream().map(library -> DynamicTest.dynamicTest(library.packages(), () -> {
            String[] users = Stream.of(library.usedBy()).map(ROOT::concat).toArray(String[]::new);
            noClasses().that().resideOutsideOfPackages(users).should().dependOnClassesThat().resideInAPackage(library.packages())
                    .allowEmptyShould(true).check(PRODUCT);
        }));
    }

    @Test
    void signalNeedsNothingButTheBaseOfJava() {
        classes().that().resideInAPackage("org.chanterelle.signal").should().onlyDependOnClassesThat().resideInAnyPackage(
                "org.chanterelle.signal", "java.lang..", "java.util..", "java.io..", "java.nio..", "java.math..", "java.text..",
                "java.time..").check(PRODUCT);
    }

    @Test
    void everyPackageHasItsBoundary() {
        List<String> known = new ArrayList<>(List.of(ROOT + "cli..", ROOT + "ui.."));
        BOUNDARIES.forEach(boundary -> known.add(ROOT + boundary.of()));
        classes().should().resideInAnyPackage(known.toArray(String[]::new)).check(PRODUCT);
    }

    @Test
    void nobodyImportsTheCommandLineOrTheWindow() {
        noClasses().that().resideOutsideOfPackages(ROOT + "cli..", ROOT + "ui..").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cli..", ROOT + "ui..").check(PRODUCT);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java"))).toList();
            assertThat(silent).isEmpty();
        }
    }

    private static ArchRule rule(Boundary boundary) {
        List<String> allowed = new ArrayList<>(List.of(ROOT + boundary.of()));
        for (String other : boundary.mayImport()) {
            allowed.add(ROOT + other);
        }
        DescribedPredicate<JavaClass> forbidden = resideInAPackage("org.chanterelle..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed.toArray(String[]::new))));
        return noClasses().that().resideInAPackage(ROOT + boundary.of()).should().dependOnClassesThat(forbidden)
                .allowEmptyShould(true);
    }
}
