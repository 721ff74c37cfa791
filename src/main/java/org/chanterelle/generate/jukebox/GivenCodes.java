package org.chanterelle.generate.jukebox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.chanterelle.audiofile.AudioInfo;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.generate.codes.CodeFile;
import org.chanterelle.generate.codes.CodeHeader;
import org.chanterelle.model.jukebox.VqVaeFolder;
import org.chanterelle.signal.UserError;

/** Codes that are there before any are drawn: of a recording that is continued, or of a file of codes that is upsampled. */
final class GivenCodes {
    private final JukeboxModels models;
    private final GenerationRequest request;

    GivenCodes(JukeboxModels models, GenerationRequest request) {
        this.models = models;
        this.request = request;
    }

    /**
     * Length of what is generated, in audio frames: whole codes of the level that it begins with.
     *
     * @param seconds that are asked for; null for all of {@code codes}
     * @throws UserError when it is out of range, or the codes are of no level above the bottom
     */
    static long frames(JukeboxModels models, Double seconds, Path codes) {
        int rate = models.sampleRateHz();
        if (seconds != null && !(seconds > 0 && seconds <= GenerationRequest.MAX_SECONDS)) {
            throw new UserError("--seconds " + seconds + ": expected more than 0, at most " + GenerationRequest.MAX_SECONDS);
        }
        if (codes == null) {
            if (seconds == null) {
                throw new UserError("--seconds: expected the length of what is to be generated, such as --seconds 20");
            }
            int hop = models.hop(models.levels() - 1);
            return Math.max(1, Math.round(seconds * rate / hop)) * hop;
        }
        CodeHeader header = upsampled(models, codes);
        int hop = header.hop();
        long most = header.codes() * hop;
        long wanted = seconds == null ? most : Math.max(1, Math.round(seconds * rate / hop)) * hop;
        if (wanted > most || most > (long) GenerationRequest.MAX_SECONDS * rate) {
            throw new UserError(String.format(Locale.ROOT, "%s: %.2f s long; expected %s and at most %d s. %s", codes,
                    (double) most / rate, seconds == null ? "more than 0" : "at least --seconds " + seconds,
                    GenerationRequest.MAX_SECONDS, "Give --seconds within its length"));
        }
        return wanted;
    }

    /** What a file of codes begins with; throws UserError unless these models can upsample them. */
    static CodeHeader upsampled(JukeboxModels models, Path codes) {
        try (CodeFile file = CodeFile.open(codes)) {
            CodeHeader header = file.header();
            if (header.level() == 0) {
                throw new UserError(codes + ": codes of level 0, the bottom one; expected those of a level above it. Make them"
                        + " sound with 'chanterelle decode'");
            }
            if (header.level() >= models.levels()) {
                throw new UserError(codes + ": codes of level " + header.level() + "; expected level 1 to "
                        + (models.levels() - 1) + ". Choose a preset with their model, " + header.model());
            }
            header.checkModel(codes, models.autoencoders().get(header.level()));
            return header;
        } catch (IOException e) {
            throw new UserError(1, codes + ": reading failed: " + e.getMessage() + ". Check the disk", e);
        }
    }

    /** The first level whose codes are drawn. */
    int firstLevel() {
        return request.codes() == null ? models.levels() - 1 : upsampled(models, request.codes()).level() - 1;
    }

    /** Codes of the file for the level above the first, as many as are upsampled; null without one. */
    int[] upsampled() {
        if (request.codes() == null) {
            return null;
        }
        return CodeFile.read(request.codes(), (int) (request.frames() / models.hop(firstLevel() + 1)));
    }

    /**
     * How many codes of the top level the recording gives, as its header tells; 0 without one.
     *
     * @throws UserError when it is shorter than a code, or leaves nothing to draw
     */
    int topCodes() {
        if (request.prime() == null) {
            return 0;
        }
        AudioInfo info = AudioReader.probe(request.prime());
        return info.frames() > 0
                ? topCodes(Math.round((double) info.frames() * models.sampleRateHz() / info.sampleRateHz()))
                : 0;
    }

    private int topCodes(long frames) {
        int hop = models.hop(models.levels() - 1);
        double rate = models.sampleRateHz();
        if (frames < hop) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: %.2f ms long; expected at least %.2f ms, a code of the top level. Give a longer recording",
                    request.prime(), 1000 * frames / rate, 1000 * hop / rate));
        }
        long given = frames / hop;
        if (given * hop >= request.frames()) {
            throw new UserError(String.format(Locale.ROOT,
                    "%s: %.2f s long; expected less than --seconds %.2f, which counts it in. Give more seconds or a shorter"
                            + " recording",
                    request.prime(), frames / rate, request.frames() / rate));
        }
        return (int) given;
    }

    /**
     * Encodes the recording at one level, once.
     *
     * @param file where its codes lie or are written
     * @return codes of whole codes of the top level; none without a recording
     */
    int[] primed(int level, Path file, Coding coding) {
        if (request.prime() == null) {
            return new int[0];
        }
        VqVaeFolder model = models.autoencoders().get(level);
        if (!Files.exists(file)) {
            coding.encode(request.prime(), file, model);
        }
        try (CodeFile codes = CodeFile.open(file)) {
            int perTop = models.hop(models.levels() - 1) / models.hop(level);
            int[] all = new int[topCodes(codes.header().frames()) * perTop];
            codes.read(all, 0, all.length);
            return all;
        } catch (IOException e) {
            throw new UserError(1, file + ": reading failed: " + e.getMessage() + ". Check the disk", e);
        }
    }
}
