package io.fencegate.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Colours are for terminals, unless the user says otherwise. */
class ColorChoiceTest {
    private static final Screen TERMINAL = new Screen(true, true, true, true);

    @Test
    void theLastChoiceBeforeTheCommandOfSomebodyElseCounts() {
        assertEquals(ColorChoice.AUTO, ColorChoice.in("read", "orders"));
        assertEquals(ColorChoice.NEVER, ColorChoice.in("read", "--color=never"));
        assertEquals(ColorChoice.ALWAYS, ColorChoice.in("--color=never", "read", "--color", "always"));
        assertEquals(ColorChoice.AUTO, ColorChoice.in("lock", "orders", "--", "ls", "--color=always"));
        assertEquals(ColorChoice.AUTO, ColorChoice.in("read", "--color"));
    }

    @Test
    void aChoiceGoesBeforeWhatIsAtTheOtherEnd() {
        assertEquals("x", Screen.NONE.out(Paint.RED, "x"));
        assertEquals("\033[31mx\033[0m", Screen.NONE.with(ColorChoice.ALWAYS).out(Paint.RED, "x"));
        assertEquals("\033[31mx\033[0m", TERMINAL.with(ColorChoice.AUTO).err(Paint.RED, "x"));
        assertEquals("x", TERMINAL.with(ColorChoice.NEVER).err(Paint.RED, "x"));
    }
}
