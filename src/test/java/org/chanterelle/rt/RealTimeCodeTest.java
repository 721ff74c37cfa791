package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.chanterelle.signal.RealTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealTimeCodeTest {
    @Test
    void noMarkedMethodAllocatesLocksOrCallsUnknownCode() throws URISyntaxException {
        Path classes = Path.of(RealTime.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        RealTimeWalk walk = new RealTimeWalk().addFolder(classes);
        assertThat(walk.roots())
                .contains(
                        "org/chanterelle/rt/engine/HarmonicNoiseEngine.render",
                        "org/chanterelle/rt/engine/HarmonicNoiseEngine.push",
                        "org/chanterelle/rt/engine/Output.process",
                        "org/chanterelle/rt/dsp/ConvolutionReverb.process",
                        "org/chanterelle/rt/dsp/Fft.forward");
        assertThat(walk.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "makesAnObject, new java/lang/Object",
            "makesAnArray, new FLOAT[]",
            "makesAnArrayOfObjects, new java/lang/String[]",
            "makesAnArrayOfArrays, new [[F",
            "boxes, calls java/lang/Integer.valueOf",
            "makesALambda, invokedynamic run",
            "joinsStrings, invokedynamic makeConcatWithConstants",
            "locks, lock",
            "isSynchronized, synchronized",
            "prints, calls java/io/PrintStream.println",
            "waits, calls java/lang/Thread.sleep",
            "clonesAnArray, calls [F.clone",
            "allocatesTwoCallsDown, new java/lang/Object",
            "callsAnInterface, new LONG[]",
    })
    void theWalkFindsWhatIsPlanted(String method, String finding) {
        List<String> violations = plants().violations();
        assertThat(violations).anyMatch(line -> line.contains("Plants." + method + " >") && line.endsWith(finding));
    }

    @Test
    void theWalkPassesInnocentCode() {
        assertThat(plants().violations()).noneMatch(line -> line.contains("innocent")).hasSize(14);
    }

    private static RealTimeWalk plants() {
        return new RealTimeWalk()
                .addClass(Plants.class)
                .addClass(Plants.Face.class)
                .addClass(Plants.Behind.class);
    }

    /** Each method but one does one thing that the audio thread must not do. */
    static final class Plants {
        private final Face face = new Behind();
        private Object object;
        private float[] floats = new float[4];

        interface Face {
            void call();
        }

        static final class Behind implements Face {
            private long[] longs;

            @Override
            public void call() {
                longs = new long[(int) (longs == null ? 1 : longs[0])];
            }
        }

        @RealTime
        void makesAnObject() {
            object = new Object();
        }

        @RealTime
        void makesAnArray() {
            floats = new float[3];
        }

        @RealTime
        void makesAnArrayOfObjects() {
            object = new String[2];
        }

        @RealTime
        void makesAnArrayOfArrays() {
            object = new float[2][2];
        }

        @RealTime
        void boxes(int value) {
            object = value;
        }

        @RealTime
        void makesALambda() {
            object = (Runnable) this::innocent;
        }

        @RealTime
        void joinsStrings(int value) {
            object = "value " + value;
        }

        @RealTime
        void locks() {
            synchronized (this) {
                innocent();
            }
        }

        @RealTime
        synchronized void isSynchronized() {
            innocent();
        }

        @RealTime
        void prints() {
            System.out.println(floats[0]);
        }

        @RealTime
        void waits() throws InterruptedException {
            Thread.sleep(1);
        }

        @RealTime
        void clonesAnArray() {
            object = floats.clone();
        }

        @RealTime
        void allocatesTwoCallsDown() {
            one();
        }

        private void one() {
            two();
        }

        private void two() {
            object = new Object();
        }

        @RealTime
        void callsAnInterface() {
            face.call();
        }

        @RealTime
        void innocent() {
            floats[1] = Math.max(floats[0], object == null ? 1f : 2f);
        }
    }
}
