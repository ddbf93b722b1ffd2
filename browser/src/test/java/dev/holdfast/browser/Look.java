package dev.holdfast.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/** Theme and screen of a visitor. Where two looks are enough, they are LIGHT_WIDE and DARK_PHONE: both themes, both screens. */
enum Look {
    LIGHT_WIDE(ColorScheme.LIGHT, 1360, 900),
    DARK_WIDE(ColorScheme.DARK, 1360, 900),
    LIGHT_PHONE(ColorScheme.LIGHT, 390, 844),
    DARK_PHONE(ColorScheme.DARK, 390, 844);

    final ColorScheme theme;
    final int width;
    final int height;

    Look(ColorScheme theme, int width, int height) {
        this.theme = theme;
        this.width = width;
        this.height = height;
    }

    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
