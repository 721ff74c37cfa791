package org.chanterelle.preset;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.chanterelle.signal.UserError;

/** The fields of one JSON object, read with checks: what is missing, of another kind, out of range or unknown is told in one line. */
final class JsonFields {
    private final String where;
    private final String prefix;
    private final JsonObject object;

    /**
     * @param where the file
     * @param prefix how the object is reached in it, empty or ending in a full stop
     */
    JsonFields(String where, String prefix, JsonElement element, List<String> known) {
        this.where = where;
        this.prefix = prefix;
        if (!element.isJsonObject()) {
            throw error(prefix.replaceFirst("\\.$", ""), shown(element), "an object");
        }
        object = element.getAsJsonObject();
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                throw new UserError(where + ": " + prefix + name + ": unknown; expected one of " + String.join(", ", known)
                        + ". Correct or remove it");
            }
        }
    }

    /** The element, or null. */
    JsonElement optional(String name) {
        JsonElement element = object.get(name);
        return element == null || element.isJsonNull() ? null : element;
    }

    String text(String name, String expected, String pattern) {
        JsonElement element = optional(name);
        boolean isText = element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
        if (!isText || !element.getAsString().matches(pattern)) {
            throw error(prefix + name, shown(element), expected);
        }
        return element.getAsString();
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String found = text(name, String.join(" or ", Arrays.stream(constants).map(JsonFields::written).toList()), "[\\s\\S]*");
        return Arrays.stream(constants).filter(constant -> written(constant).equals(found)).findFirst()
                .orElseThrow(() -> error(prefix + name, found,
                        String.join(" or ", Arrays.stream(constants).map(JsonFields::written).toList())));
    }

    int whole(String name, int min, int max) {
        double value = number(name, min, max);
        if (value != Math.rint(value)) {
            throw error(prefix + name, shown(optional(name)), "a whole number from " + min + " to " + max);
        }
        return (int) value;
    }

    double number(String name, double min, double max) {
        JsonElement element = optional(name);
        boolean isNumber = element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
        double value = isNumber ? element.getAsDouble() : Double.NaN;
        if (!(value >= min && value <= max)) {
            throw error(prefix + name, shown(element), "a number from " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    UserError error(String field, String found, String expected) {
        return new UserError(where + ": " + (field.isEmpty() ? "it" : field) + " is " + found + "; expected " + expected
                + ". Correct the file");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String shown(JsonElement element) {
        String text = Objects.toString(element, "missing");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
