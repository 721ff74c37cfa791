package org.chanterelle.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.chanterelle.analysis.FeatureExtractor;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.inference.RoomResponse;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.TestModels;
import org.chanterelle.signal.FeatureTrack;
import org.chanterelle.signal.Units;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers by a network of random weights: all that does not depend on what it has learned. */
final class TransferTest {
    private static final int RATE = 44_100;
    private static final TransferSettings DRY = TransferSettings.DEFAULT.withReverb(new TransferSettings.Reverb.None());

    @TempDir
    static Path folder;

    private static ModelFolder model;
    private static Transfer transfer;

    @BeforeAll
    static void loadsTheModel() {
        model = ModelFolder.load(TestModels.write(folder.resolve("model"), TestModels.smallConfig(), 7));
        transfer = new Transfer(model);
    }

    @Test
    void theSameArgumentsGiveTheSameSound() {
        float[] once = play(phrase(0.02), TransferSettings.DEFAULT);
        assertThat(play(phrase(0.02), TransferSettings.DEFAULT)).isEqualTo(once);
    }

    @Test
    void theOutputIsAsLongAsTheRecordingAndItsRoom() {
        AudioClip in = AudioClip.mono(phrase(0.02), RATE);
        assertThat(transfer.run(in, DRY).audio().frames()).isEqualTo(in.frames());
        AudioClip wet = transfer.run(in, TransferSettings.DEFAULT.withRateHz(48_000)).audio();
        assertThat(wet.seconds()).isCloseTo(in.seconds() + 4000.0 / 16_000, Offset.offset(0.025));
    }

    @Test
    void itSoundsWhenTheVoiceSounds() {
        float[] out = play(phrase(0.02), DRY);
        int onset = RATE / 2;
        int end = RATE * 3 / 2;
        assertThat(peak(out, 0, onset - RATE / 50)).isZero();
        assertThat(peak(out, onset + RATE / 20, onset + RATE / 10)).isGreaterThan(1e-3f);
        assertThat(peak(out, end - RATE / 10, end - RATE / 20)).isGreaterThan(1e-3f);
        assertThat(peak(out, end + RATE / 20, out.length)).isLessThan(1e-6f);
    }

    @Test
    void itFollowsThePitch() {
        assertMedianRatio(DRY, 1.0);
    }

    @Test
    void itTransposes() {
        assertMedianRatio(new TransferSettings(1, 0, 0, 1, DRY.reverb(), 0, true, true, 1), 2.0);
        assertMedianRatio(new TransferSettings(0, 7, 0, 1, DRY.reverb(), 0, true, true, 1), Math.pow(2, 7 / 12.0));
    }

    @Test
    void itIsAsLoudAsItsInputWhateverTheRecordingLevel() {
        float[] loud = play(phrase(0.02), DRY);
        float[] soft = play(phrase(0.002), DRY);
        for (int i = 0; i < loud.length; i++) {
            assertThat(soft[i] * 10).isCloseTo(loud[i], Offset.offset(1e-3f));
        }
        assertThat(rms(loud)).isGreaterThan(1e-3);
    }

    @Test
    void playedHarderItIsLouder() {
        TransferSettings harder = new TransferSettings(0, 0, 40, 1, DRY.reverb(), 0, true, true, 1);
        assertThat(rms(play(phrase(0.002), harder))).isGreaterThan(5 * rms(play(phrase(0.002), DRY)));
    }

    @Test
    void silenceStaysSilent() {
        assertThat(peak(play(new float[RATE], TransferSettings.DEFAULT), 0, RATE)).isZero();
    }

    @Test
    void noiseStaysSilent() {
        Random random = new Random(3);
        float[] noise = new float[3 * RATE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        assertThat(rms(play(noise, TransferSettings.DEFAULT))).isLessThan(1e-3);
    }

    @Test
    void anyOutputRateSoundsTheSame() {
        double reference = rms(play(phrase(0.02), DRY.withRateHz(48_000)));
        for (int rateHz : new int[] {22_050, 44_100, 96_000}) {
            assertThat(rms(play(phrase(0.02), DRY.withRateHz(rateHz)))).isCloseTo(reference, Offset.offset(0.02 * reference));
        }
    }

    @Test
    void anExportedRoomIsTheRoom() {
        float[] room = RoomResponse.learned(TestModels.smallConfig(), model.weights().get("reverb"), 0).impulse();
        Path file = folder.resolve("room.wav");
        AudioWriter.write(file, AudioClip.mono(room, 16_000), AudioWriter.SampleFormat.FLOAT_32, true);
        float[] own = play(phrase(0.02), TransferSettings.DEFAULT);
        float[] imported = play(phrase(0.02), TransferSettings.DEFAULT.withReverb(new TransferSettings.Reverb.Impulse(file)));
        assertThat(imported).hasSameSizeAs(own);
        for (int i = 0; i < own.length; i++) {
            assertThat(imported[i]).isCloseTo(own[i], Offset.offset(1e-5f));
        }
    }

    @Test
    void theRoomIsTheSameAtAnyRate() {
        double[] wetness = new double[2];
        int[] rates = {16_000, 48_000};
        for (int i = 0; i < rates.length; i++) {
            double dry = rms(play(phrase(0.02), DRY.withRateHz(rates[i])));
            wetness[i] = rms(play(phrase(0.02), TransferSettings.DEFAULT.withRateHz(rates[i]))) / dry;
        }
        assertThat(wetness[1]).isCloseTo(wetness[0], Offset.offset(0.02));
    }

    @Test
    void nothingEverReachesFullScale() {
        TransferSettings hard = new TransferSettings(0, 0, 40, 1, new TransferSettings.Reverb.Own(0), 0, true, true, 1);
        float[] out = play(phrase(0.9), hard);
        assertThat(peak(out, 0, out.length)).isBetween(0.7f, 1f);
    }

    @Test
    void theOutputIsAsLoudAsTheVoice() {
        TransferResult result = transfer.run(AudioClip.mono(phrase(0.02), RATE), TransferSettings.DEFAULT);
        FeatureTrack heard = FeatureExtractor.extract(result.audio().mono(), RATE, result.input().controlRateHz());
        double difference = 0;
        int count = 0;
        for (int i = 0; i < result.input().length(); i++) {
            if (result.input().voiced()[i]) {
                difference += heard.loudnessDb()[i] - result.input().loudnessDb()[i];
                count++;
            }
        }
        assertThat(difference / count).isCloseTo(0, Offset.offset(0.5));
    }

    @Test
    void thereIsNoDc() {
        float[] out = play(phrase(0.02), TransferSettings.DEFAULT);
        double sum = 0;
        for (float x : out) {
            sum += x;
        }
        assertThat(Math.abs(sum / out.length)).isLessThan(1e-4 * rms(out));
    }

    @Test
    void aMelodyTooLowIsSentAnOctaveUp() {
        TransferSettings low = new TransferSettings(-2, 0, 0, 1, DRY.reverb(), 0, true, true, 1);
        PitchFit fit = transfer.run(AudioClip.mono(phrase(0.02), RATE), low).pitchFit();
        assertThat(fit.outOfRangeShare()).isEqualTo(1);
        assertThat(fit.bestOctave()).isEqualTo(2);
        assertThat(transfer.run(AudioClip.mono(phrase(0.02), RATE), DRY).pitchFit()).isEqualTo(new PitchFit(0, 0));
    }

    @Test
    void resynthesisIsNotGated() {
        assertThat(rms(play(new float[RATE], DRY.asResynthesis()))).isGreaterThan(0);
    }

    @Test
    void aRateOfNoUseIsRefused() {
        assertThatThrownBy(() -> play(phrase(0.02), DRY.withRateHz(100))).isInstanceOf(UserError.class)
                .hasMessageContaining("--rate 100");
    }

    @Test
    void aSilentImpulseResponseIsRefused() {
        Path file = folder.resolve("silent.wav");
        AudioWriter.write(file, AudioClip.mono(new float[100], RATE), true);
        assertThatThrownBy(() -> play(phrase(0.02), DRY.withReverb(new TransferSettings.Reverb.Impulse(file))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("silent.wav");
    }

    private static void assertMedianRatio(TransferSettings settings, double expected) {
        float[] in = phrase(0.02);
        TransferResult result = transfer.run(AudioClip.mono(in, RATE), settings);
        FeatureTrack heard = FeatureExtractor.extract(result.audio().mono(), RATE, result.input().controlRateHz());
        double[] cents = java.util.stream.IntStream.range(0, heard.length())
                .filter(i -> heard.voiced()[i] && result.input().voiced()[i])
                .mapToDouble(i -> Units.cents(heard.f0Hz()[i], result.input().f0Hz()[i] * expected))
                .sorted()
                .toArray();
        assertThat(cents.length).isGreaterThan(150);
        assertThat(cents[cents.length / 2]).isCloseTo(0, Offset.offset(10.0));
    }

    /** Half a second of silence, one of a vowel with vibrato at 260 Hz, half of silence. */
    private static float[] phrase(double peak) {
        float[] voice = new float[2 * RATE];
        double phase = 0;
        for (int i = RATE / 2; i < RATE * 3 / 2; i++) {
            double t = (double) i / RATE;
            phase += 2 * Math.PI * 260 * (1 + 0.02 * Math.sin(2 * Math.PI * 5.5 * t)) / RATE;
            double edge = Math.min(1, Math.min(t - 0.5, 1.5 - t) / 0.02);
            double sum = 0;
            for (int k = 1; k <= 12; k++) {
                sum += Math.sin(k * phase) / (k * 1.5);
            }
            voice[i] = (float) (peak * edge * sum);
        }
        return voice;
    }

    private static float[] play(float[] in, TransferSettings settings) {
        return transfer.run(AudioClip.mono(in, RATE), settings).audio().mono();
    }

    private static float peak(float[] audio, int from, int to) {
        float peak = 0;
        for (float x : Arrays.copyOfRange(audio, from, to)) {
            peak = Math.max(peak, Math.abs(x));
        }
        return peak;
    }

    private static double rms(float[] audio) {
        double sum = 0;
        for (float x : audio) {
            sum += (double) x * x;
        }
        return Math.sqrt(sum / audio.length);
    }
}
