package org.chanterelle.evaluate.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chanterelle.audiofile.AudioReader;
import org.chanterelle.signal.UserError;

/**
 * One test vector: an operation, its parameters and its inputs. Inputs are read when asked for.
 *
 * @param folder where {@code case.json} lies
 * @param op name of the operation
 * @param params parameters by name
 * @param inputs file of each input, relative to the folder
 */
record VectorCase(Path folder, String op, JsonObject params, Map<String, String> inputs) {
    private static final long MAX_CASE_BYTES = 1 << 22;

    private record CaseJson(String op, JsonObject params, Map<String, String> inputs) {}

    static VectorCase read(Path folder) {
        Path file = folder.resolve("case.json");
        try {
            if (Files.size(file) > MAX_CASE_BYTES) {
                throw new UserError(file + ": larger than a test case may be (" + MAX_CASE_BYTES + " bytes)");
            }
            CaseJson json = new Gson().fromJson(Files.readString(file), CaseJson.class);
            if (json == null || json.op == null || json.inputs == null) {
                throw new UserError(file + ": expected op, params and inputs; see the vectors' README");
            }
            return new VectorCase(folder, json.op, json.params == null ? new JsonObject() : json.params, json.inputs);
        } catch (IOException | JsonParseException e) {
            throw new UserError(file + ": not a test case (" + e.getMessage() + ")", e);
        }
    }

    /** An input array. */
    NpyArray in(String name) {
        return NpyFile.read(file(name));
    }

    /** An input recording, mono. */
    float[] audio(String name) {
        return AudioReader.read(file(name)).mono();
    }

    /** All input arrays in order. */
    Map<String, NpyArray> arrays() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        inputs.keySet().forEach(name -> arrays.put(name, in(name)));
        return arrays;
    }

    double number(String param) {
        if (!params.has(param)) {
            throw new UserError(folder + ": parameter " + param + " is missing");
        }
        return params.get(param).getAsDouble();
    }

    String text(String param) {
        if (!params.has(param)) {
            throw new UserError(folder + ": parameter " + param + " is missing");
        }
        return params.get(param).getAsString();
    }

    int integer(String param) {
        return (int) number(param);
    }

    int[] integers(String param) {
        return new Gson().fromJson(params.get(param), int[].class);
    }

    /** An input file. */
    Path file(String name) {
        String relative = inputs.get(name);
        if (relative == null) {
            throw new UserError(folder + ": input " + name + " is missing");
        }
        return folder.resolve(relative);
    }
}
