/** Memory of a lane of the bcrypt kernels. A multiple of 64, and of no page: lanes must not fall into the same sets of the first cache. */
export const BCRYPT_LANE_BYTES = 4352;
