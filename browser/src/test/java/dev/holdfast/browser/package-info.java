/**
 * The console in a real browser. A test class takes a {@link dev.holdfast.browser.Console} as the parameter of its constructor; one product
 * and one browser serve all of them.
 */
@NullMarked
package dev.holdfast.browser;

import org.jspecify.annotations.NullMarked;
