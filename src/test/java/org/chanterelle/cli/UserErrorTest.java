package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.ModelFolder;
import org.chanterelle.model.Safetensors;
import org.chanterelle.model.Tensor;
import org.chanterelle.model.TestModels;
import org.chanterelle.model.timbre.TimbreConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is told in one line that names what is wrong, with exit code 2 or 1, and leaves nothing behind. */
@ExtendWith(InstalledModel.class)
final class UserErrorTest {
    private static final int RATE_HZ = 16_000;

    @TempDir
    Path folder;

    private Path voice;
    private Path out;

    @BeforeEach
    void writesAVoice() {
        voice = folder.resolve("voice.wav");
        out = folder.resolve("violin.wav");
        AudioWriter.write(voice, new AudioClip(InstalledModel.sung(1, RATE_HZ, 0.3), RATE_HZ), false);
    }

    @Test
    void aMissingRecording() {
        assertRefused(2, "nothing.wav", "transfer", folder.resolve("nothing.wav").toString(), out.toString());
    }

    @Test
    void aFileOfZeroBytes() throws IOException {
        assertRecordingRefused(Files.write(folder.resolve("zero.wav"), new byte[0]));
    }

    @Test
    void aRecordingWithoutSound() throws IOException {
        assertRecordingRefused(Files.write(folder.resolve("empty.wav"), wavHeader(1, 16, 0)));
    }

    @Test
    void aTruncatedHeader() throws IOException {
        byte[] whole = Files.readAllBytes(voice);
        assertRecordingRefused(Files.write(folder.resolve("cut.wav"), java.util.Arrays.copyOf(whole, 30)));
    }

    @Test
    void aTruncatedFlac() throws IOException {
        Path whole = folder.resolve("whole.flac");
        AudioWriter.write(whole, new AudioClip(InstalledModel.sung(1, RATE_HZ, 0.3), RATE_HZ), false);
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        assertRecordingRefused(Files.write(folder.resolve("cut.flac"), java.util.Arrays.copyOf(bytes, 60)));
    }

    @Test
    void aRecordingFullOfNaN() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 4000).order(ByteOrder.LITTLE_ENDIAN).put(wavHeader(3, 32, 4000));
        while (bytes.hasRemaining()) {
            bytes.putFloat(Float.NaN);
        }
        assertRecordingRefused(Files.write(folder.resolve("nan.wav"), bytes.array()));
    }

    @Test
    void aRecordingOfThreeHours() throws IOException {
        Path file = folder.resolve("long.wav");
        int bytes = 3 * 3600 * RATE_HZ * 2;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(wavHeader(1, 16, bytes));
            sparse.setLength(44L + bytes);
        }
        assertRecordingRefused(file);
    }

    @Test
    void aFileThatIsNoAudio() throws IOException {
        assertRecordingRefused(Files.writeString(folder.resolve("song.wav"), "Once upon a time there was a chanterelle."));
    }

    @Test
    void anOutputInNoFolder() {
        Path nowhere = folder.resolve("nowhere/violin.wav");
        assertRefused(2, "nowhere", "transfer", voice.toString(), nowhere.toString());
        assertRefused(2, "nowhere", "export-reverb", "violin", nowhere.toString());
    }

    @Test
    void anOutputBeneathAFile() {
        assertRefused(2, "voice.wav", "transfer", voice.toString(), voice.resolve("violin.wav").toString());
        assertRefused(2, "voice.wav", "demo", "--out", voice.resolve("demo").toString());
    }

    @Test
    void anOutputThatExists() throws IOException {
        Files.writeString(out, "precious");
        assertRefused(2, "--force", "transfer", voice.toString(), out.toString());
        assertThat(out).hasContent("precious");
        assertRefused(2, "--force", "export-reverb", "violin", out.toString());
        assertThat(out).hasContent("precious");
    }

    @Test
    void aPictureThatExists() throws IOException {
        Path picture = Files.writeString(folder.resolve("p.png"), "precious");
        assertRefused(2, "p.png", "transfer", voice.toString(), out.toString(), "--picture", picture.toString());
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
            "violin.mp3, '', .wav or .flac",
            "violin.wav, --octave 99, --octave",
            "violin.wav, --octave many, --octave",
            "violin.wav, --semitones NaN, --semitones",
            "violin.wav, --loudness-db 1000, --loudness-db",
            "violin.wav, --rate 12, --rate",
            "violin.wav, --rate -48000, --rate",
            "violin.wav, --reverb nowhere.wav, nowhere.wav",
            "violin.wav, --room attic, attic",
            "violin.wav, --model oboe, oboe",
            "violin.wav, --volume 11, --volume",
    })
    void anArgumentThatCannotBe(String name, String option, String named) {
        String[] arguments = ("transfer " + voice + " " + folder.resolve(name) + " " + option).strip().split(" +");
        assertRefused(2, named, arguments);
    }

    @Test
    void commandsThatAreNone() {
        assertRefused(2, "expected a command");
        assertRefused(2, "sing", "sing");
        assertRefused(2, "expected what to train", "train");
        assertRefused(2, "IN", "transfer");
    }

    @Test
    void trainingThatCannotBegin() throws IOException {
        String model = folder.resolve("model").toString();
        assertRefused(2, "--data", "train", "timbre", "--out", model, "--steps", "1");
        assertRefused(2, "nowhere", "train", "timbre", "--data", folder.resolve("nowhere").toString(), "--out", model, "--steps",
                "1");
        assertRefused(2, "--steps", "train", "timbre", "--data", folder.toString(), "--out", model);
        assertRefused(2, "--device", "train", "timbre", "--data", folder.toString(), "--out", model, "--steps", "1", "--device",
                "abacus");
        Path config = Files.writeString(folder.resolve("config.json"), "{\"batchSize\": 3}");
        assertRefused(2, "batchSize", "train", "timbre", "--data", folder.toString(), "--out", model, "--steps", "1", "--config",
                config.toString());
    }

    @Test
    void aModelThatIsNone() {
        assertModelRefused("no model here", folder);
    }

    @Test
    void aCardThatIsDamaged() throws IOException {
        Path model = TestModels.write(folder.resolve("m"), TestModels.smallConfig(), 1);
        Path card = model.resolve(ModelFolder.CARD);
        String whole = Files.readString(card);
        for (String damaged : List.of("", "{", "[]", whole.substring(0, whole.length() / 2), whole.replace("16000", "22050"),
                whole.replace("\"formatVersion\": 1", "\"formatVersion\": 9"),
                whole.replace("\"units\": 32", "\"units\": -32"))) {
            Files.writeString(card, damaged);
            assertModelRefused(ModelFolder.CARD, model);
        }
    }

    @Test
    void weightsThatAreDamaged() throws IOException {
        Path model = TestModels.write(folder.resolve("m"), TestModels.smallConfig(), 1);
        Path weights = model.resolve(ModelFolder.WEIGHTS);
        byte[] whole = Files.readAllBytes(weights);
        byte[] header = whole.clone();
        java.util.Arrays.fill(header, 8, 40, (byte) 0xff);
        for (byte[] damaged : List.of(new byte[0], new byte[64], java.util.Arrays.copyOf(whole, whole.length / 2), header)) {
            Files.write(weights, damaged);
            assertModelRefused(ModelFolder.WEIGHTS, model);
        }
        Files.delete(weights);
        assertModelRefused(ModelFolder.WEIGHTS, model);
    }

    @Test
    void weightsOfAnotherModel() throws IOException {
        Path model = TestModels.write(folder.resolve("m"), TestModels.smallConfig(), 1);
        TimbreConfig other = new TimbreConfig(24, 20, 17, 16000, 250, 4000, 1, -5f, TimbreConfig.Skip.FEATURES);
        Path wrong = TestModels.write(folder.resolve("other"), other, 1);
        Files.copy(wrong.resolve(ModelFolder.WEIGHTS), model.resolve(ModelFolder.WEIGHTS),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertModelRefused("the card expects shape", model);
    }

    @Test
    void weightsThatAreNotFinite() throws IOException {
        Path model = TestModels.write(folder.resolve("m"), TestModels.smallConfig(), 1);
        Map<String, Tensor> weights = TestModels.weights(TestModels.smallConfig(), 1);
        weights.get("head_noise.bias").values()[2] = Float.NaN;
        try (var stream = Files.newOutputStream(model.resolve(ModelFolder.WEIGHTS))) {
            Safetensors.write(stream, weights, Safetensors.Precision.F32);
        }
        assertModelRefused("head_noise.bias", model);
    }

    @Test
    void aDiskThatIsFull() throws IOException, InterruptedException {
        // A limit on the size of files fails a write half-way, as a full disk does.
        String command = String.format(
                "ulimit -f 4; exec '%s' --add-modules=jdk.incubator.vector -XX:-UsePerfData -Dchanterelle.home='%s' -cp '%s' %s transfer '%s' '%s'",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("chanterelle.home"),
                System.getProperty("java.class.path"),
                Chanterelle.class.getName(),
                voice,
                out);
        Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(told.lines().filter(line -> !line.contains("incubator modules"))).singleElement().asString()
                .contains("violin.wav");
        assertNothingLeft("voice.wav");
    }

    private void assertRecordingRefused(Path recording) throws IOException {
        Files.delete(voice);
        assertRefused(2, recording.getFileName().toString(), "transfer", recording.toString(), out.toString());
        assertNothingLeft(recording.getFileName().toString());
    }

    private void assertModelRefused(String named, Path model) {
        assertRefused(2, named, "transfer", voice.toString(), out.toString(), "--model", model.toString());
        assertRefused(2, named, "export-reverb", model.toString(), out.toString());
        assertThat(out).doesNotExist();
    }

    private void assertNothingLeft(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void playingOnAGpuThatIsNotThereIsRefusedInOneLine() {
        assertRefused(2, "--device cuda: no GPU", "play", "--device", "cuda");
    }

    private static void assertRefused(int exitCode, String named, String... arguments) {
        Invocation invocation = Invocation.of(arguments);
        assertThat(invocation.err()).hasLineCount(1).contains(named).doesNotContain("Exception", "unexpected");
        assertThat(invocation.exitCode()).isEqualTo(exitCode);
        assertThat(invocation.out()).isEmpty();
    }

    private static byte[] wavHeader(int format, int bits, int dataBytes) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) format).putShort((short) 1).putInt(RATE_HZ).putInt(RATE_HZ * bits / 8);
        header.putShort((short) (bits / 8)).putShort((short) bits);
        return header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes).array();
    }
}
