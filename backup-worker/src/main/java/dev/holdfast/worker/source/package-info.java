/** A source's database as the worker sees it before the dump: reachable, readable, and what is in it. */
@NullMarked
package dev.holdfast.worker.source;

import org.jspecify.annotations.NullMarked;
