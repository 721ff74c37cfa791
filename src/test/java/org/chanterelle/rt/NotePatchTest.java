package org.chanterelle.rt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.chanterelle.rt.engine.HarmonicNoiseConfig;
import org.chanterelle.rt.engine.Output;
import org.chanterelle.signal.SynthControls;
import org.chanterelle.signal.Units;
import org.junit.jupiter.api.Test;

/** What the worker is told of a keyboard's notes. */
final class NotePatchTest {
    private static final int RATE_HZ = 48_000;
    private static final int FRAMES = 128;

    private final HarmonicNoiseConfig engine = new HarmonicNoiseConfig(20, 17, 16_000, 250, 1);
    private final Rings.Input input = new Rings.Input();
    private final Rings.Controls controls = new Rings.Controls(engine);
    private final NotePatch patch = new NotePatch(
            7, engine, heads(), new Output(RATE_HZ), input, controls, new ParameterValues(), new ChannelValues(), RATE_HZ,
            FRAMES);
    private final AudioBlock block = new AudioBlock(FRAMES);
    private long now;

    @Test
    void aNoteIsBegunReleasedAndEnded() throws Exception {
        patch.noteOn(0, 60, 100, 0);
        play(1);
        patch.noteOff(0, 60, now);
        play(50);
        assertThat(told()).containsExactly(InputMessage.Kind.NOTE_ON, InputMessage.Kind.NOTE_OFF, InputMessage.Kind.NOTE_END);
        assertThat(patch.voices()).isZero();
    }

    @Test
    void anEndThatFindsTheRingFullIsToldWhenThereIsRoom() throws Exception {
        patch.noteOn(0, 60, 100, 0);
        assertThat(told()).containsExactly(InputMessage.Kind.NOTE_ON);
        play(1_100);
        patch.noteOff(0, 60, now);
        play(100);
        assertThat(patch.voices()).isZero();
        assertThat(input.dropped()).isPositive();
        assertThat(told()).as("lost for now").isEmpty();
        play(1);
        assertThat(told()).containsExactly(InputMessage.Kind.NOTE_END);
        play(10);
        assertThat(told()).as("told once").isEmpty();
    }

    @Test
    void aNoteSurvivesControlsThatAreNoNumbers() {
        patch.noteOn(0, 60, 100, 0);
        play(1);
        for (int index = 0; index < 20; index++) {
            ControlMessage message = controls.claim(0, 1, index);
            message.controls.f0Hz = Float.NaN;
            controls.publish();
        }
        play(100);
        assertThat(block.left).doesNotContain(Float.NaN);
        patch.noteOff(0, 60, now);
        play(50);
        assertThat(patch.voices()).isZero();
    }

    private static NoteHeads heads() {
        NoteHeads heads = new NoteHeads(60, 1, new float[] {1, 127}, 0.3f, new BowPressure(60, new float[][] {{-20f, 0f}}), 2, 20,
                17);
        for (int frame = 0; frame < 2; frame++) {
            heads.put(60, 0, frame, new SynthControls(20, 17), (float) Units.A4_HZ);
            heads.put(60, 1, frame, new SynthControls(20, 17), (float) Units.A4_HZ);
        }
        return heads;
    }

    private void play(int blocks) {
        block.frames = FRAMES;
        for (int i = 0; i < blocks; i++) {
            patch.receive();
            patch.listen(block, now);
            patch.render(block.left, 0, FRAMES, now);
            now += FRAMES;
        }
    }

    /** All messages of the patch that waited, but the time. */
    private List<InputMessage.Kind> told() throws Exception {
        List<InputMessage.Kind> kinds = new ArrayList<>();
        input.poller().poll((message, sequence, endOfBatch) -> {
            assertThat(message.patch).isEqualTo(7);
            if (message.kind != InputMessage.Kind.TICK) {
                kinds.add(message.kind);
            }
            return true;
        });
        return kinds;
    }
}
