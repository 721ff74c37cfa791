package org.chanterelle.audiofile;

import com.jcraft.jogg.Packet;
import com.jcraft.jogg.Page;
import com.jcraft.jogg.StreamState;
import com.jcraft.jogg.SyncState;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.chanterelle.signal.UserError;

/** The first stream of an Ogg Vorbis file, decoded by JOrbis. */
final class VorbisDecoder implements AudioDecoder {
    private static final int READ_BYTES = 8192;
    private static final int HEADER_PACKETS = 3;

    private final Path file;
    private final InputStream in;
    private final SyncState sync = new SyncState();
    private final StreamState stream = new StreamState();
    private final Page page = new Page();
    private final Packet packet = new Packet();
    private final Info vorbis = new Info();
    private final DspState dsp = new DspState();
    private final Block synthesis = new Block(dsp);
    private final float[][][] decoded = new float[1][][];
    private final AudioInfo info;
    private float[][] block = new float[0][];
    private int blockFrames;
    private long producedFrames;
    private long granuleFrames = -1;
    private boolean begun;
    private boolean lastPageSeen;

    private VorbisDecoder(Path file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        sync.init();
        vorbis.init();
        Comment comment = new Comment();
        comment.init();
        for (int i = 0; i < HEADER_PACKETS; i++) {
            if (!nextPacket() || vorbis.synthesis_headerin(comment, packet) < 0) {
                throw damaged("its Vorbis header is truncated or damaged", null);
            }
        }
        dsp.synthesis_init(vorbis);
        synthesis.init(dsp);
        info = new AudioInfo(AudioFileType.OGG_VORBIS, vorbis.rate, vorbis.channels, AudioInfo.UNKNOWN, 0);
    }

    /** Takes over the stream. */
    static VorbisDecoder open(Path file, InputStream in) throws IOException {
        try {
            return new VorbisDecoder(file, in);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException | NullPointerException e) {
            in.close();
            throw new UserError(file + ": its Vorbis header is damaged. Copy or export it again.", e);
        } catch (IOException | UserError e) {
            in.close();
            throw e;
        }
    }

    @Override
    public AudioInfo info() {
        return info;
    }

    @Override
    public int blockFrames() {
        return blockFrames;
    }

    @Override
    public float[][] next() throws IOException {
        try {
            int[] index = new int[info.channels()];
            int frames = dsp.synthesis_pcmout(decoded, index);
            while (frames <= 0) {
                if (!nextPacket()) {
                    return end();
                }
                if (synthesis.synthesis(packet) == 0) {
                    dsp.synthesis_blockin(synthesis);
                }
                frames = dsp.synthesis_pcmout(decoded, index);
            }
            blockFrames = trimmed(frames);
            copy(frames, index);
            return block;
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException | NullPointerException e) {
            // JOrbis trusts the bit stream; what it throws on a damaged one is unspecified.
            throw damaged("a block cannot be decoded", e);
        }
    }

    private void copy(int frames, int[] index) {
        if (block.length == 0 || block[0].length < frames) {
            block = new float[info.channels()][frames];
        }
        for (int c = 0; c < block.length; c++) {
            System.arraycopy(decoded[0][c], index[c], block[c], 0, blockFrames);
        }
        dsp.synthesis_read(frames);
        producedFrames += blockFrames;
    }

    /** The last page states the length; what its last block decodes beyond that is padding. */
    private int trimmed(int frames) {
        return lastPageSeen && granuleFrames >= 0 ? Math.clamp(granuleFrames - producedFrames, 0, frames) : frames;
    }

    private float[][] end() {
        if (!lastPageSeen) {
            throw damaged("truncated: its last page is missing", null);
        }
        return null;
    }

    private boolean nextPacket() throws IOException {
        while (true) {
            int got = begun ? stream.packetout(packet) : 0;
            if (got == 1) {
                return true;
            }
            if (got < 0) {
                throw damaged("a part of it is missing", null);
            }
            if (!nextPage()) {
                return false;
            }
        }
    }

    private boolean nextPage() throws IOException {
        while (!lastPageSeen) {
            if (sync.pageout(page) == 1) {
                if (!begun) {
                    stream.init(page.serialno());
                    begun = true;
                }
                if (stream.pagein(page) == 0) {
                    lastPageSeen = page.eos() != 0;
                    granuleFrames = page.granulepos();
                    return true;
                }
                continue;
            }
            int at = sync.buffer(READ_BYTES);
            int count = in.read(sync.data, at, READ_BYTES);
            if (count < 0) {
                return false;
            }
            sync.wrote(count);
        }
        return false;
    }

    private UserError damaged(String what, Throwable cause) {
        return new UserError(file + ": " + what + " (" + producedFrames + " frames could be decoded). Copy or export it again.",
                cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
