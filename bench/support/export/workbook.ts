/** A workbook of one sheet, as a ZIP archive that is written while the sheet is: PKWARE's APPNOTE.TXT, ECMA-376. */
import { constants, deflateRawSync } from 'node:zlib';

const SHEET = 'xl/worksheets/sheet1.xml';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PARTS: readonly (readonly [name: string, text: string])[] = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
      `<Override PartName="/${SHEET}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${DOCUMENT}">` +
      '<sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
];

/** Sizes and the checksum come after the data. */
const HAS_DESCRIPTOR = 8;
const DEFLATED = 8;
/** An empty last block of DEFLATE. */
const END_OF_DATA = Buffer.from([3, 0]);

interface Sizes {
  crc: number;
  packed: number;
  plain: number;
}

/** @param sheet the XML of the sheet. */
export function* packWorkbook(sheet: Iterable<string>): Generator<Buffer, void> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, texts] of [...PARTS.map(([part, text]) => [part, [text]] as const), [SHEET, sheet] as const]) {
    const sizes: Sizes = { crc: 0, packed: 0, plain: 0 };
    const start = offset;
    for (const chunk of packEntry(name, texts, sizes)) {
      offset += chunk.length;
      yield chunk;
    }
    directory.push(headerOf(0x02014b50, name, sizes, start));
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([central, end]);
}

function* packEntry(name: string, texts: Iterable<string>, sizes: Sizes): Generator<Buffer, void> {
  yield headerOf(0x04034b50, name);
  for (const text of texts) {
    const plain = Buffer.from(text);
    const packed = deflateRawSync(plain, { level: 1, finishFlush: constants.Z_SYNC_FLUSH });
    sizes.crc = updateCrc(sizes.crc, plain);
    sizes.plain += plain.length;
    sizes.packed += packed.length;
    yield packed;
  }
  sizes.packed += END_OF_DATA.length;
  yield END_OF_DATA;
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  writeSizes(descriptor, 4, sizes);
  yield descriptor;
}

/** A local one, or with its place one of the directory. */
function headerOf(signature: number, name: string, sizes?: Sizes, start?: number): Buffer {
  const isLocal = start === undefined;
  const shift = isLocal ? 0 : 2;
  const header = Buffer.alloc(isLocal ? 30 : 46);
  header.writeUInt32LE(signature, 0);
  if (!isLocal) header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 4 + shift);
  header.writeUInt16LE(HAS_DESCRIPTOR, 6 + shift);
  header.writeUInt16LE(DEFLATED, 8 + shift);
  if (sizes !== undefined) writeSizes(header, 14 + shift, sizes);
  header.writeUInt16LE(name.length, 26 + shift);
  if (!isLocal) header.writeUInt32LE(start, 42);
  return Buffer.concat([header, Buffer.from(name)]);
}

function writeSizes(into: Buffer, at: number, { crc, packed, plain }: Sizes): void {
  into.writeUInt32LE(crc >>> 0, at);
  into.writeUInt32LE(packed, at + 4);
  into.writeUInt32LE(plain, at + 8);
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** Node has one from version 22 on only. */
function updateCrc(before: number, bytes: Uint8Array): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (CRC_TABLE[(crc ^ (bytes[i] as number)) & 255] as number) ^ (crc >>> 8);
  return ~crc;
}
