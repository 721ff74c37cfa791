package org.chanterelle.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MelodiesTest {
    @TempDir
    Path folder;

    @Test
    void notesBeginWhereSoundBeginsAndWherePitchSteps() {
        double[] hz = new double[100];
        Arrays.fill(hz, 10, 50, 220);
        Arrays.fill(hz, 50, 100, 330);
        double[] onsets = Melodies.onsets(Melody.onGrid(hz, 100)).hz();
        assertThat(onsets[9]).isZero();
        assertThat(Arrays.copyOfRange(onsets, 10, 24)).containsOnly(220);
        assertThat(Arrays.copyOfRange(onsets, 30, 50)).containsOnly(0);
        assertThat(Arrays.copyOfRange(onsets, 50, 64)).containsOnly(330);
        assertThat(Arrays.copyOfRange(onsets, 70, 100)).containsOnly(0);
    }

    @Test
    void grossErrorsAreOctavesNotQuarterTonesAndNotRests() {
        Melody truth = Melody.onGrid(new double[] {220, 220, 220, 220}, 100);
        Melody guess = Melody.onGrid(new double[] {440, 230, 0, 220}, 100);
        assertThat(Melodies.grossErrors(truth, guess)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void readsPitchFilesAndTellsOfWhatIsNone() throws IOException {
        Path csv = Files.writeString(folder.resolve("a.f0.csv"), "time_s,f0_hz,amp\n0.000,220.5,0.0\n0.010,221,0.2\n");
        Melody melody = Melodies.read(csv);
        assertThat(melody.hz()).containsExactly(0, 221);
        assertThat(melody.timesS()).containsExactly(0, 0.01);
        Path other = Files.writeString(folder.resolve("b.f0.csv"), "time_s,f0_hz\n0.000,220.5\n");
        assertThatThrownBy(() -> Melodies.read(other)).isInstanceOf(UserError.class).hasMessageContaining("time_s,f0_hz,amp");
    }
}
