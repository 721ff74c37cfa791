package org.chanterelle.cli;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Doubles to four decimals; what is not finite becomes null. */
final class FiniteNumbers extends TypeAdapter<Double> {
    private static final double DECIMALS = 1e4;

    @Override
    public void write(JsonWriter out, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            out.nullValue();
        } else {
            out.value(Math.rint(value * DECIMALS) / DECIMALS);
        }
    }

    @Override
    public Double read(JsonReader in) throws IOException {
        return in.nextDouble();
    }
}
