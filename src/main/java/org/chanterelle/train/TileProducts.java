package org.chanterelle.train;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * While open, PyTorch may round the factors of matrix products ({@code NDArray.matMul}) to bfloat16, which processors with tile units
 * (AMX) multiply three to four times as fast; sums stay in float32. It holds for the whole process, so it is opened for a training's step
 * alone. On other processors, and with a PyTorch without the setting, it changes nothing. One thread at a time.
 */
public final class TileProducts implements AutoCloseable {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String LIBRARY = "libtorch_cpu.so";
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String PRECISION = "_ZN2at7Context25setFloat32MatmulPrecisionENS_22Float32MatmulPrecisionE";
    private static final int HIGHEST = 0;
    private static final int MEDIUM = 2;
    private static final Optional<Setting> SETTING = hasTiles() ? setting() : Optional.empty();

    /** PyTorch's precision of float32 products, which DJL does not offer. */
    private record Setting(MethodHandle context, MethodHandle precision) {
        void set(int value) {
            try {
                precision.invoke((MemorySegment) context.invoke(), value);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a native function threw", e);
            }
        }
    }

    private TileProducts() {}

    /** Until closed. */
    public static TileProducts open() {
        SETTING.ifPresent(setting -> setting.set(MEDIUM));
        return new TileProducts();
    }

    /** Whether it changes anything here. */
    public static boolean available() {
        return SETTING.isPresent();
    }

    @Override
    public void close() {
        SETTING.ifPresent(setting -> setting.set(HIGHEST));
    }

    private static boolean hasTiles() {
        try (var lines = Files.lines(PROCESSOR)) {
            return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" amx_bf16"));
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static Optional<Setting> setting() {
        Engine.getInstance();
        Path library = Path.of(LibUtils.getLibtorchPath(), LIBRARY);
        if (!Files.exists(library)) {
            return Optional.empty();
        }
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        Linker linker = Linker.nativeLinker();
        return symbols.find(CONTEXT).flatMap(context -> symbols.find(PRECISION).map(precision -> new Setting(
                linker.downcallHandle(context, FunctionDescriptor.of(ValueLayout.ADDRESS)),
                linker.downcallHandle(
                        precision, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT)))));
    }
}
