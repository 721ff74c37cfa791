package org.chanterelle.audiofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.chanterelle.audiofile.MidiBytes.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.chanterelle.signal.TimedMidi;
import org.chanterelle.signal.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MidiFileTest {
    private static final int PPQ = 100;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("song.mid");
    }

    @Test
    void whatWasWrittenIsReadToTheFrame() {
        List<TimedMidi> messages = List.of(new TimedMidi(0, 0xc3, 40, 0), new TimedMidi(0.25, 0x93, 69, 100),
                new TimedMidi(0.25, 0xb3, 64, 127), new TimedMidi(1.5, 0xe3, 0, 65), new TimedMidi(90, 0x83, 69, 64));
        MidiFile read = MidiFile.read(MidiBytes.write(file(), messages));
        assertThat(read.format()).isZero();
        assertThat(read.messages()).hasSameSizeAs(messages);
        for (int i = 0; i < messages.size(); i++) {
            TimedMidi expected = messages.get(i);
            TimedMidi found = read.messages().get(i);
            assertThat(found.seconds()).isCloseTo(expected.seconds(), within(1e-9));
            assertThat(new int[] {found.status(), found.data1(), found.data2()})
                    .containsExactly(expected.status(), expected.data1(), expected.data2());
        }
        assertThat(read.seconds()).isCloseTo(90, within(1e-9));
    }

    @Test
    void aTempoInOneTrackRulesAllTracks() throws IOException {
        byte[] tempo = track(0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, PPQ, 0xff, 0x51, 3, 0x03, 0xd0, 0x90, 0, 0xff, 0x2f, 0);
        byte[] notes = track(PPQ / 2, 0x90, 60, 1, PPQ, 60, 0, 0, 0xff, 0x2f, 0);
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 1, PPQ, tempo, notes));
        assertThat(read.messages()).extracting(TimedMidi::seconds).containsExactly(0.5, 1.125);
    }

    @Test
    void atTwiceTheTempoAllComesInHalfTheTime() throws IOException {
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 0, PPQ, track(PPQ, 0x90, 60, 1, PPQ, 0x80, 60, 0)));
        MidiFile fast = read.atTempo(2);
        assertThat(fast.messages()).containsExactly(new TimedMidi(0.25, 0x90, 60, 1), new TimedMidi(0.5, 0x80, 60, 0));
        assertThat(fast.seconds()).isEqualTo(read.seconds() / 2);
        assertThat(read.atTempo(1)).isSameAs(read);
    }

    @Test
    void withoutATempoThereAre120QuarterNotesAMinute() throws IOException {
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 0, PPQ, track(PPQ, 0x90, 60, 1)));
        assertThat(read.messages()).containsExactly(new TimedMidi(0.5, 0x90, 60, 1));
    }

    @Test
    void whatIsSimultaneousComesInTheOrderOfTracks() throws IOException {
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 1, PPQ, track(5, 0x90, 1, 1, 0, 2, 2), track(5, 0x91, 3, 3)));
        assertThat(read.messages()).extracting(TimedMidi::data1).containsExactly(1, 2, 3);
    }

    @Test
    void theTracksOfFormat2FollowOneAnotherEachWithItsTempo() throws IOException {
        byte[] slow = track(0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 0, 0x90, 60, 1, PPQ, 0xff, 0x2f, 0);
        byte[] usual = track(PPQ, 0x90, 62, 1, 0, 0xff, 0x2f, 0);
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 2, PPQ, slow, usual));
        assertThat(read.format()).isEqualTo(2);
        assertThat(read.messages()).extracting(TimedMidi::seconds).containsExactly(0.0, 1.5);
    }

    @ParameterizedTest
    @CsvSource({"-24, 40, 24", "-25, 40, 25", "-29, 100, 29.97002997", "-30, 80, 30"})
    void timeCodeDividesSecondsWhateverTheTempo(int frames, int ticks, double framesPerSecond) throws IOException {
        byte[] track = track(0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 60, 0x90, 60, 1);
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 0, frames << 8 | ticks, track));
        assertThat(read.messages().getFirst().seconds()).isCloseTo(60 / (framesPerSecond * ticks), within(1e-9));
    }

    @Test
    void runningStatusGoesOnBehindMetaEventsAndAMissingEndIsForgiven() throws IOException {
        byte[] track = track(0, 0x90, 60, 1, 1, 0xff, 1, 2, 'h', 'i', 1, 61, 1, 1, 0xc0, 5, 1, 6);
        MidiFile read = MidiFile.read(MidiBytes.write(file(), 0, PPQ, track));
        assertThat(read.messages()).extracting(TimedMidi::status).containsExactly(0x90, 0x90, 0xc0, 0xc0);
    }

    @Test
    void emptyTracksUnknownChunksAndWhatFollowsTheLastTrackDoNoHarm() throws IOException {
        Path plain = MidiBytes.write(file(), 1, PPQ, track(), track(0, 0x90, 60, 1), track());
        byte[] bytes = Files.readAllBytes(plain);
        byte[] odd = new byte[bytes.length + 12 + 11];
        System.arraycopy(bytes, 0, odd, 0, 14);
        System.arraycopy(track('X', 'F', 'I', 'H', 0, 0, 0, 4, 1, 2, 3, 4), 0, odd, 14, 12);
        System.arraycopy(bytes, 14, odd, 26, bytes.length - 14);
        Arrays.fill(odd, bytes.length + 12, odd.length, (byte) 0x5a);
        assertThat(MidiFile.read(Files.write(plain, odd)).messages()).hasSize(1);
    }

    @Test
    void aHeaderMayBeLongerThanItsSixBytes() throws IOException {
        byte[] bytes = Files.readAllBytes(MidiBytes.write(file(), 0, PPQ, track(PPQ, 0x90, 60, 1)));
        byte[] odd = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, odd, 0, 14);
        odd[7] = 8;
        System.arraycopy(bytes, 14, odd, 16, bytes.length - 14);
        assertThat(MidiFile.read(Files.write(file(), odd)).messages()).containsExactly(new TimedMidi(0.5, 0x90, 60, 1));
    }

    @Test
    void aTrackThatIsStatedShorterThanItIsEndsThereOrIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(MidiBytes.write(file(), 0, PPQ, track(0, 0x90, 60, 1, 5, 62, 1, 5, 64, 1)));
        assertThat(bytes[21]).isEqualTo((byte) 10);
        bytes[21] = 7;
        assertThat(MidiFile.read(Files.write(file(), bytes)).messages()).hasSize(2);
        bytes[21] = 6;
        assertThat(refusal(Files.write(file(), bytes))).contains("damaged");
    }

    @Test
    void systemExclusiveInPiecesAndUnknownMetaEventsArePassedOver() throws IOException {
        byte[] track = track(0, 0xf0, 3, 0x7e, 0x09, 0x01, 5, 0xf7, 2, 0x01, 0xf7, 5, 0xff, 0x60, 1, 7, 5, 0xff, 0x54, 5, 1, 2, 3,
                4,
                5, 5, 0x90, 60, 1, 0, 0xff, 0x2f, 0);
        assertThat(MidiFile.read(MidiBytes.write(file(), 0, PPQ, track)).messages()).containsExactly(
                new TimedMidi(0.1, 0x90, 60, 1));
    }

    @Test
    void whatFollowsTheEndOfATrackWithinItsChunkIsNotMusic() throws IOException {
        byte[] track = track(0, 0x90, 60, 1, 0, 0xff, 0x2f, 0, 5, 0x90, 61, 1);
        assertThat(MidiFile.read(MidiBytes.write(file(), 0, PPQ, track)).messages()).hasSize(1);
    }

    @Test
    void theNumberOfTracksInTheHeaderIsNotBelieved() throws IOException {
        Path file = MidiBytes.write(file(), 0, PPQ, track(0, 0x90, 60, 1), track(0, 0x91, 60, 1));
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 1;
        assertThat(MidiFile.read(Files.write(file, bytes)).messages()).hasSize(2);
    }

    @Test
    void aTempoOfZeroMakesEverythingSimultaneous() throws IOException {
        byte[] track = track(0, 0xff, 0x51, 3, 0, 0, 0, 50, 0x90, 60, 1);
        assertThat(MidiFile.read(MidiBytes.write(file(), 0, PPQ, track)).messages().getFirst().seconds()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -256, -23 << 8 | 40, -25 << 8, Short.MIN_VALUE})
    void aDivisionWithoutMeaningIsRefused(int division) throws IOException {
        assertThat(refusal(MidiBytes.write(file(), 0, division, track(0, 0x90, 60, 1)))).contains("time division " + division);
    }

    @Test
    void aDeltaTimeBeyondADayIsRefusedButAnEndThatFarIsNot() throws IOException {
        int[] huge = {0xff, 0xff, 0xff, 0x7f};
        byte[] late = track(huge[0], huge[1], huge[2], huge[3], 0x90, 60, 1);
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, late))).contains("a day at most");
        byte[] lateEnd = track(0, 0x90, 60, 1, huge[0], huge[1], huge[2], huge[3], 0xff, 0x2f, 0);
        assertThat(MidiFile.read(MidiBytes.write(file(), 0, PPQ, lateEnd)).seconds()).isEqualTo(MidiFile.MAX_SECONDS);
        byte[] overflow = new byte[30];
        Arrays.fill(overflow, (byte) 0xff);
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, overflow))).contains("damaged");
    }

    @Test
    void whatIsBrokenIsToldInOneLineWithTheRemedy() throws IOException {
        assertThat(refusal(folder.resolve("none.mid"))).contains("no such file");
        assertThat(refusal(Files.write(file(), new byte[0]))).contains("not a MIDI file", "MThd");
        assertThat(refusal(Files.writeString(file(), "RIFF, and then something else"))).contains("not a MIDI file");
        assertThat(refusal(MidiBytes.write(file(), 3, PPQ, track()))).contains("format 3; expected 0, 1 or 2");
        assertThat(refusal(MidiBytes.write(file(), 1, PPQ))).contains("no track");
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, track(0, 60, 1)))).contains("damaged", "Export");
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, track(0, 0x90, 60)))).contains("damaged");
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, track(0, 0x90, 60, 0x90)))).contains("data byte is 144");
        assertThat(refusal(MidiBytes.write(file(), 0, PPQ, track(0, 0xff, 1, 0x7f, 'a')))).contains("damaged");
        byte[] whole = Files.readAllBytes(MidiBytes.write(file(), 0, PPQ, track(0, 0x90, 60, 1)));
        assertThat(refusal(Files.write(file(), Arrays.copyOf(whole, whole.length - 1)))).contains("truncated: track 1");
    }

    @Test
    void aFileTooLargeForMusicIsRefusedUnread() throws IOException {
        Files.write(file(), new byte[(int) MidiFile.MAX_BYTES + 1]);
        assertThat(refusal(file())).contains("at most " + MidiFile.MAX_BYTES);
    }

    @Test
    void whateverTheBytesAreItIsMusicOrAUserError() throws IOException {
        List<TimedMidi> scale = List.of(new TimedMidi(0, 0x90, 60, 90), new TimedMidi(0.5, 0x80, 60, 0),
                new TimedMidi(0.5, 0x90, 62, 90), new TimedMidi(1, 0x80, 62, 0));
        byte[] whole = Files.readAllBytes(MidiBytes.write(file(), scale));
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] odd = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                odd[8 + random.nextInt(odd.length - 8)] = (byte) random.nextInt(256);
            }
            read += isMusic(Files.write(file(), odd)) ? 1 : 0;
        }
        assertThat(read).isBetween(100, 2900);
    }

    private static boolean isMusic(Path file) {
        try {
            return MidiFile.read(file).messages().stream().allMatch(m -> m.seconds() <= MidiFile.MAX_SECONDS);
        } catch (UserError e) {
            assertThat(e).hasMessageStartingWith(file + ": ");
            return false;
        }
    }

    @Test
    void theKindOfFileIsToldFromItsFirstBytes() throws IOException {
        assertThat(MidiFile.isMidi(MidiBytes.write(file(), 0, PPQ, track()))).isTrue();
        assertThat(MidiFile.isMidi(Files.writeString(file(), "RIFF"))).isFalse();
        assertThat(MidiFile.isMidi(folder.resolve("none"))).isFalse();
    }

    private static String refusal(Path file) {
        UserError error = catchThrowableOfType(UserError.class, () -> MidiFile.read(file));
        assertThat(error).as("refusal of " + file).isNotNull();
        assertThat(error.getMessage()).startsWith(file + ": ").doesNotContain("\n");
        assertThat(error.exitCode).isEqualTo(2);
        return error.getMessage();
    }
}
