/** Whether backups can be written at present, as the worker finds it. */
@NullMarked
package dev.holdfast.api.doctor;

import org.jspecify.annotations.NullMarked;
