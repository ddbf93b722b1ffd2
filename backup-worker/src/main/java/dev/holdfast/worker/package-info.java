/** The backup-worker: accepts requests as durable jobs, runs them, seals and proves artifacts. */
@NullMarked
package dev.holdfast.worker;

import org.jspecify.annotations.NullMarked;
