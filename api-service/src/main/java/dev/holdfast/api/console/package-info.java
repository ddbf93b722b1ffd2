/**
 * The web console: pages that are rendered here and kept up to date by live updates. Each page has a package of its own below this one;
 * what they show comes from the packages of the features.
 */
@NullMarked
package dev.holdfast.api.console;

import org.jspecify.annotations.NullMarked;
