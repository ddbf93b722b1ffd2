/** Ids that cross the wire. Two ids in one signature are two types, so they can't be swapped. */
@NullMarked
package dev.holdfast.common.id;

import org.jspecify.annotations.NullMarked;
