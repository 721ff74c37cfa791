package org.chanterelle.driver.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.chanterelle.rt.MidiBuffer;
import org.chanterelle.rt.MidiInbox;
import org.junit.jupiter.api.Test;

class JavaSoundMidiTest {
    private final MidiInbox inbox = new MidiInbox();
    private final MidiBuffer block = new MidiBuffer(1024);
    private final List<MidiPorts.Port> plugged = new ArrayList<>();

    /** A keyboard on which a test plays. */
    private static final class Keyboard implements MidiPorts.Port {
        private final String name;
        boolean busy;
        int opened;
        int closed;
        MidiPorts.Listener listener;

        Keyboard(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public AutoCloseable open(MidiPorts.Listener newListener) throws MidiUnavailableException {
            if (busy) {
                throw new MidiUnavailableException("in use");
            }
            opened++;
            listener = newListener;
            return () -> closed++;
        }

        void play(int key) {
            listener.message(0, 0x90, key, 100);
        }
    }

    private JavaSoundMidi midi(String... wanted) {
        return new JavaSoundMidi(inbox, List.of(wanted), () -> List.copyOf(plugged));
    }

    private int drained() {
        block.clear();
        inbox.drainTo(block, 64, 48_000, 0);
        return block.count();
    }

    @Test
    void allInputsPlayTogether() {
        Keyboard one = new Keyboard("One");
        Keyboard two = new Keyboard("Two");
        plugged.addAll(List.of(one, two));
        JavaSoundMidi midi = midi();
        midi.look();
        assertThat(midi.openNames()).containsExactly("One", "Two");
        one.play(60);
        two.play(64);
        assertThat(drained()).isEqualTo(2);
        assertThat(block.data1(1)).isEqualTo(64);
    }

    @Test
    void onlyTheNamedOnesIfAnyAreNamed() {
        Keyboard wanted = new Keyboard("Great Keyboard [hw:1]");
        Keyboard other = new Keyboard("Midi Through");
        plugged.addAll(List.of(wanted, other));
        midi("keyboard").look();
        assertThat(wanted.opened).isEqualTo(1);
        assertThat(other.opened).isZero();
    }

    @Test
    void aNamedOneThatIsMissingIsTold() {
        try (JavaSoundMidi midi = midi("great")) {
            midi.start();
            assertThat(midi.news()).singleElement().asString().contains("'great'", "when it is connected");
        }
    }

    @Test
    void whatIsPluggedInLaterPlaysAndIsOpenedOnce() {
        JavaSoundMidi midi = midi();
        midi.look();
        Keyboard late = new Keyboard("Late");
        plugged.add(late);
        midi.look();
        midi.look();
        assertThat(late.opened).isEqualTo(1);
        assertThat(midi.news()).containsExactly("midi: Late is connected");
        late.play(60);
        assertThat(drained()).isEqualTo(1);
    }

    @Test
    void whatIsPulledOutLeavesNoNoteSounding() {
        Keyboard keyboard = new Keyboard("One");
        plugged.add(keyboard);
        JavaSoundMidi midi = midi();
        midi.look();
        keyboard.play(60);
        plugged.clear();
        midi.look();
        assertThat(keyboard.closed).isEqualTo(1);
        assertThat(midi.openNames()).isEmpty();
        assertThat(midi.news()).last().asString().contains("One went away");
        assertThat(drained()).as("the note, and two controllers on 16 channels").isEqualTo(33);
        assertThat(block.data1(32)).isEqualTo(123);
        midi.look();
        assertThat(drained()).isZero();
    }

    @Test
    void anInputThatIsInUseIsToldOnceAndTriedAgainWhenItComesBack() {
        Keyboard keyboard = new Keyboard("One");
        keyboard.busy = true;
        plugged.add(keyboard);
        JavaSoundMidi midi = midi();
        midi.look();
        midi.look();
        assertThat(midi.news()).singleElement().asString().contains("One cannot be opened: in use");
        plugged.clear();
        midi.look();
        keyboard.busy = false;
        plugged.add(keyboard);
        midi.look();
        assertThat(midi.openNames()).containsExactly("One");
    }

    @Test
    void closingClosesAllInputsAndReleasesTheirNotes() {
        Keyboard keyboard = new Keyboard("One");
        plugged.add(keyboard);
        JavaSoundMidi midi = midi();
        midi.start();
        midi.close();
        assertThat(keyboard.closed).isEqualTo(1);
        assertThat(drained()).isEqualTo(32);
    }

    @Test
    void onlyChannelMessagesPass() throws InvalidMidiDataException {
        List<Integer> passed = new ArrayList<>();
        SystemMidi.Forwarding forwarding = new SystemMidi.Forwarding(
                (nanos, status, data1, data2) -> passed.addAll(List.of(status, data1, data2)), 0);
        forwarding.send(new ShortMessage(0x93, 60, 100), -1);
        forwarding.send(new ShortMessage(0xc2, 40, 0), -1);
        forwarding.send(new ShortMessage(ShortMessage.ACTIVE_SENSING), -1);
        forwarding.send(new SysexMessage(new byte[] {(byte) 0xf0, 1, (byte) 0xf7}, 3), -1);
        assertThat(passed).containsExactly(0x93, 60, 100, 0xc2, 40, 0);
    }

    @Test
    void aMessageHasTheMomentOfItsDeviceButNoneInTheFuture() {
        SystemMidi.Forwarding forwarding = new SystemMidi.Forwarding(null, 1_000_000);
        assertThat(forwarding.momentNanos(500, 5_000_000)).isEqualTo(1_500_000);
        assertThat(forwarding.momentNanos(5_000, 5_000_000)).isEqualTo(5_000_000);
        assertThat(forwarding.momentNanos(-1, 5_000_000)).isEqualTo(5_000_000);
    }
}
