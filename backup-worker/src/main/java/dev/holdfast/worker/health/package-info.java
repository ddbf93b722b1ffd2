/** Whether backups can be written at all: looked at all the time, stored and told when it changes. */
@NullMarked
package dev.holdfast.worker.health;

import org.jspecify.annotations.NullMarked;
