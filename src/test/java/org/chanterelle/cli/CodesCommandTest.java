package org.chanterelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chanterelle.audiofile.AudioClip;
import org.chanterelle.audiofile.AudioWriter;
import org.chanterelle.model.jukebox.TestVqVaeModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesCommandTest {
    @TempDir
    Path folder;
    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = TestVqVaeModels.write(folder.resolve("small"), TestVqVaeModels.small(), 3);
        AudioWriter.write(folder.resolve("in.wav"), AudioClip.mono(new float[3000], 16000), false);
    }

    @Test
    void aRecordingGoesToCodesAndBack() {
        Path codes = folder.resolve("codes");
        Invocation encode = Invocation.of("encode", "--model", model.toString(), folder.resolve("in.wav").toString(),
                codes.toString(), "--json");
        assertThat(encode.exitCode()).as(encode.err()).isZero();
        assertThat(encode.out()).contains("\"codes\": 375", "\"bitsPerSecond\": 8000.0");
        Invocation decode = Invocation.of("decode", codes.toString(), folder.resolve("out.wav").toString(), "--model",
                model.toString());
        assertThat(decode.exitCode()).as(decode.err()).isZero();
        assertThat(folder.resolve("out.wav")).exists();
    }

    @Test
    void whatIsNoFileOfCodesIsRefusedInOneLine() throws IOException {
        Files.writeString(folder.resolve("text"), "not codes at all, but long enough to be a header of some kind");
        Invocation decode = Invocation.of("decode", folder.resolve("text").toString(), folder.resolve("out.wav").toString());
        assertThat(decode.exitCode()).isEqualTo(2);
        assertThat(decode.err().strip()).hasLineCount(1).contains("not a file of codes");
    }

    @Test
    void thePublishedConfigurationIsCounted() {
        Invocation count = Invocation.of("models", "count", "models/training/jukebox/vqvae.json", "--json");
        assertThat(count.exitCode()).as(count.err()).isZero();
        assertThat(count.out()).contains("\"hop\": 8", "\"hop\": 32", "\"hop\": 128", "\"parameters\": 1878979");
    }
}
