/** Where artifacts live: probed before use, staged beside their final place, sealed at once. */
@NullMarked
package dev.holdfast.worker.storage;

import org.jspecify.annotations.NullMarked;
