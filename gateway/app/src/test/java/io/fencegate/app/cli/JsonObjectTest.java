package io.fencegate.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One JSON object is one line, whatever is in it. */
class JsonObjectTest {
    @Test
    void fieldsKeepTheirOrderAndTypes() {
        final String json = new JsonObject()
                .put("resource", "orders")
                .put("token", Long.MAX_VALUE)
                .put("held", true)
                .put("none", (String) null)
                .put("list", List.of("a", "b"))
                .put("inner", new JsonObject().put("x", 1))
                .toString();

        assertEquals(
                "{\"resource\":\"orders\",\"token\":9223372036854775807,\"held\":true,\"none\":null,"
                        + "\"list\":[\"a\",\"b\"],\"inner\":{\"x\":1}}",
                json);
    }

    @Test
    void quotesControlCharactersAndHalfSurrogatesAreEscaped() {
        assertEquals(
                "{\"t\":\"a\\\"b\\\\c\\nd\\re\\tf\\u0000g\\u007fé\\ud800x\"}",
                new JsonObject().put("t", "a\"b\\c\nd\re\tf\0g\u007fé\ud800x").toString());
    }

    @Test
    void pairedSurrogatesStand() {
        assertEquals(
                "{\"t\":\"\ud83d\ude00\"}",
                new JsonObject().put("t", "\ud83d\ude00").toString());
    }
}
