/** What every endpoint shares: strict JSON, pages, and the guards of a door without accounts. */
@NullMarked
package dev.holdfast.api.web;

import org.jspecify.annotations.NullMarked;
