// What is used of gifenc, which ships no types.
declare module "gifenc" {
  type Rgb = [red: number, green: number, blue: number];
  interface Stream {
    writeHeader(): void;
    /** The first frame's palette becomes the file's own; delays are in milliseconds, and a repeat of 0 is for ever. */
    writeFrame(index: Uint8Array, width: number, height: number, options: { palette: Rgb[], delay: number, repeat: number, first: boolean }): void;
    bytes(): Uint8Array<ArrayBuffer>;
    /** Forgets what was written. */
    reset(): void;
  }
  export function GIFEncoder(options: { auto: false }): Stream;
  /** Both read the whole buffer below `rgba`, whatever part of it that is a view of. */
  export function quantize(rgba: Uint8ClampedArray, colours: number, options: { format: "rgb565" | "rgb444" }): Rgb[];
  export function applyPalette(rgba: Uint8ClampedArray, palette: Rgb[]): Uint8Array;
}
