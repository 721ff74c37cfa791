package org.chanterelle.generate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationRefusalTest {
    private static final SamplingFilter FILTER = new SamplingFilter(0.99, 0, 1);

    @TempDir
    Path folder;
    private SmallJukebox jukebox;
    private Path out;

    @BeforeEach
    void writeModels() {
        jukebox = new SmallJukebox(folder.resolve("models"));
        out = folder.resolve("out.wav");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable action, String... words) {
        return assertThatThrownBy(action).isInstanceOf(UserError.class).hasMessageContainingAll(words)
                .matches(e -> ((UserError) e).exitCode == 2).satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    private Path recording(int frames) {
        Path file = folder.resolve("prime-" + frames + ".wav");
        AudioWriter.write(file, AudioClip.mono(new float[frames], SmallJukebox.RATE_HZ), false);
        return file;
    }

    private GenerationRequest asking(String artist, String genre, String lyrics) {
        return new GenerationRequest(160, 160, 1, 0, FILTER, FILTER, artist, List.of(genre), lyrics, null, null);
    }

    @Test
    void anUnknownArtistOrGenreIsToldWithTheKnownOnes() {
        assertRefused(() -> jukebox.run(asking("Clara", "folk", ""), out), "--artist Clara: prior-2 does not know it",
                "Anna, Bela");
        assertRefused(() -> jukebox.run(asking("Anna", "rock", ""), out), "--genre rock", "it knows folk");
        assertThat(new JobFolder(out).path()).doesNotExist();
    }

    @Test
    void lyricsThatAreTooLongOrThatNobodyReadsAreRefused() {
        assertRefused(() -> asking(null, "folk", "x".repeat(10_000)), "10,000 characters", "at most 4,096");
        Path codes = folder.resolve("top.codes");
        CodeFile.write(codes, jukebox.models.autoencoders().get(2), new int[20], 20);
        GenerationRequest upsampling = new GenerationRequest(160, 160, 1, 0, FILTER, FILTER, null, List.of(), "la la", null,
                codes);
        assertRefused(() -> jukebox.run(upsampling, out), "--lyrics: prior-1 reads no lyrics");
    }

    @Test
    void aRecordingShorterThanACodeOrLongerThanTheRestIsRefused() {
        assertRefused(() -> jukebox.run(SmallJukebox.given(recording(1), null), out), "0.06 ms long", "at least 0.50 ms");
        assertRefused(() -> jukebox.run(SmallJukebox.given(recording(160), null), out), "expected less than --seconds 0.01");
        assertRefused(() -> jukebox.run(SmallJukebox.given(folder.resolve("none.wav"), null), out), "none.wav");
        assertThat(new JobFolder(out).path()).doesNotExist();
    }

    @Test
    void codesOfAnotherLevelModelOrLengthAreRefused() throws IOException {
        Path bottom = folder.resolve("bottom.codes");
        CodeFile.write(bottom, jukebox.models.autoencoders().get(0), new int[20], 20);
        assertRefused(() -> GenerationRequest.frames(jukebox.models, null, bottom), "level 0, the bottom one", "decode");
        Path top = folder.resolve("top.codes");
        CodeFile.write(top, jukebox.models.autoencoders().get(2), new int[20], 20);
        assertRefused(() -> GenerationRequest.frames(jukebox.models, 3.0, top), "0.01 s long", "--seconds 3.0");
        JukeboxModels twoLevels = new SmallJukebox(folder.resolve("models")).models;
        Path other = folder.resolve("other.codes");
        CodeFile.write(other, new SmallJukebox(folder.resolve("others")).models.autoencoders().get(1), new int[8], 8);
        assertThat(GenerationRequest.frames(twoLevels, null, other)).isEqualTo(32);
        byte[] bytes = Files.readAllBytes(top);
        bytes[bytes.length - 6] ^= 1;
        Files.write(top, bytes);
        assertRefused(() -> GenerationRequest.frames(jukebox.models, null, top), "damaged");
    }

    @Test
    void lengthsOutOfRangeAreRefused() {
        assertRefused(() -> GenerationRequest.frames(jukebox.models, null, null), "--seconds: expected the length");
        for (double seconds : new double[] {0, -1, Double.NaN, 4000}) {
            assertRefused(() -> GenerationRequest.frames(jukebox.models, seconds, null), "at most 3600");
        }
        assertThat(GenerationRequest.frames(jukebox.models, 1e-9, null)).isEqualTo(8);
        assertRefused(() -> new GenerationRequest(8, 8, 65, 0, FILTER, FILTER, null, List.of(), "", null, null), "--samples 65");
        assertRefused(() -> new GenerationRequest(8, 8, 1, 0, FILTER, FILTER, null, List.of(), "", out, out), "one of them");
    }

    @Test
    void whatCannotFitIsRefusedBeforeItBegins() {
        Estimate estimate = new Estimate(List.of(), 3L << 30, 1 << 20);
        estimate.check(3L << 30, 1 << 20);
        assertRefused(() -> estimate.check(2L << 30, 1 << 20), "3,072 MiB of memory; there are 2,048", "-Xmx4g");
        assertRefused(() -> estimate.check(3L << 30, 1000), "1.0 MiB on the disk; 0.0 are free");
        assertRefused(() -> jukebox.generation(SmallJukebox.request(1, 1), new JobFolder(out)).estimate(1000), "memory");
        assertThat(jukebox.priors).as("models that were loaded").isEmpty();
    }

    @Test
    void theWorkOfAnotherRequestIsNotOverwritten() throws IOException {
        jukebox.run(SmallJukebox.request(1, 7), out);
        String first = Files.readString(out);
        assertRefused(() -> jukebox.run(SmallJukebox.request(1, 8), out), "holds the work of another request", "seed: 7");
        try (JobFolder job = new JobFolder(out)) {
            assertThat(job.open(RequestText.of(jukebox.models, SmallJukebox.request(1, 8)), true)).isTrue();
            assertThat(job.codes("top", 0)).doesNotExist();
            job.discard();
            assertThat(job.path()).doesNotExist();
        }
        assertThat(Files.readString(out)).isEqualTo(first);
    }

    @Test
    void aFolderInWhichAnotherWorksIsLeftAlone() {
        try (JobFolder job = new JobFolder(out); JobFolder second = new JobFolder(out)) {
            job.open("a", false);
            assertRefused(() -> second.open("a", false), "another process works there");
        }
    }

    @Test
    void aDamagedCheckpointIsToldAndMadeAgainOnceItIsRemoved() throws IOException {
        jukebox.run(SmallJukebox.request(1, 7), out);
        String whole = Files.readString(out);
        Path codes = new JobFolder(out).codes("middle", 0);
        byte[] bytes = Files.readAllBytes(codes);
        bytes[bytes.length - 6] ^= 1;
        Files.write(codes, bytes);
        Files.delete(out);
        assertRefused(() -> jukebox.run(SmallJukebox.request(1, 7), out), "this checkpoint is damaged");
        Files.delete(codes);
        jukebox.run(SmallJukebox.request(1, 7), out);
        assertThat(Files.readString(out)).isEqualTo(whole);
    }

    @Test
    void modelsThatDoNotFitEachOtherAreRefused() {
        JukeboxModels models = jukebox.models;
        assertRefused(() -> new JukeboxModels(models.autoencoders().reversed(), models.priors()), "expected level 0");
        assertRefused(() -> new JukeboxModels(models.autoencoders().subList(0, 2), models.priors().subList(0, 2)),
                "expected level 1 and a prior");
        assertRefused(() -> new JukeboxModels(models.autoencoders(), List.of()), "3 autoencoders and 0 priors");
    }
}
