/** Memory of the functions that read LDIF, after what the other functions of the kernel need for line ends. */
import { PLACES_AT } from './structure-layout.js';

/**
 * What `entry` has to say, i32 each: how far it came, where the entry ends, its lines, those before it, and of a name that is
 * not in the table where it begins and ends, 0 without one.
 */
export const LDIF_RESULT_AT: number = PLACES_AT;
/** What `value` has to say, i32 each: where the value begins and ends, -1 where it is not Base64; whether it is not ASCII. */
export const LDIF_VALUE_AT: number = LDIF_RESULT_AT + 32;

/** Of each attribute that is asked for: how many values, and of the first where it begins and ends, and its form. */
export const LDIF_SLOTS_AT: number = LDIF_RESULT_AT + 64;
export const SLOT_BYTES = 16;
export const MAX_SLOTS = 16;

/**
 * Of each name 64 bytes, those of one key together: the name in lower case, 32 bytes with zeros after it; the bits that letters
 * of the first 16 differ in, and a mask of these 16. Of a longer name all bits differ, so that only its key finds it.
 */
export const LDIF_NAMES_AT: number = LDIF_SLOTS_AT + MAX_SLOTS * SLOT_BYTES;
export const NAME_BYTES = 32;
export const NAME_FOLD = 32;
export const NAME_MASK = 48;
export const NAME_STRIDE = 64;
export const MAX_NAMES = 256;
/** Of each name the number of its slot and its length, an i32 each. */
export const LDIF_NUMBERS_AT: number = LDIF_NAMES_AT + MAX_NAMES * NAME_STRIDE;
/** Of names that nothing asks for. */
export const NO_SLOT = -1;

/**
 * Of each name two i32, the numbers of names: of that which came after it last, and after several of it; then that which an
 * entry began with.
 */
export const LDIF_AFTER_AT: number = LDIF_NUMBERS_AT + 8 * MAX_NAMES;
export const LDIF_FIRST_AT: number = LDIF_AFTER_AT + 8 * MAX_NAMES;

/** Of each key the number of its first name, an i32; the next one's is after its last. */
export const LDIF_KEYS_AT: number = LDIF_FIRST_AT + 16;
/** A key is five bits of length, and three of the first and the last byte of a name in lower case. */
export const KEY_LENGTH_BITS = 5;
export const KEY_BYTE_MASK = 7;
export const KEYS = 256;

/** Masks of the first 0 to 16 bytes of a vector. */
export const LDIF_MASKS_AT: number = LDIF_KEYS_AT + 4 * (KEYS + 4);

export const LDIF_TEXT_AT: number = LDIF_MASKS_AT + 32;
/** Of text at a time. An entry that is longer is read in another way. */
export const LDIF_TEXT_BYTES: number = 64 * 1024;
/** Values that were unfolded or decoded. A vector may be written past the end. */
export const LDIF_ROOM_AT: number = LDIF_TEXT_AT + LDIF_TEXT_BYTES + 64;
export const LDIF_BYTES: number = LDIF_ROOM_AT + LDIF_TEXT_BYTES + 64;

// How far `entry` came.
export const IS_WHOLE = 0;
/** It has to be read in another way. */
export const IS_ODD = 1;
/** The text ends before a blank line ends it. */
export const IS_UNFINISHED = 2;

// Forms of a value, as bits.
export const FORM_BASE64 = 1;
export const FORM_FOLDED = 2;
