// The glue that em++ writes beside foyer.wasm; the exported functions are those of main.cpp.
export interface Foyer {
  _foyer_configure(config: number, base: number): number;
  _foyer_simulated_only(): number;
  _foyer_simulates(): number;
  _foyer_update_words(): number;
  _foyer_show(): number;
  _foyer_start(url: number, route: number): void;
  _foyer_give_up(why: number): void;
  _foyer_frame(): void;
  _foyer_timer(): void;
  _foyer_resize(width: number, height: number, pixelRatio: number): void;
  _foyer_appearance(dark: boolean, reducedMotion: boolean, forcedColors: boolean, moreContrast: boolean, touch: boolean, textScale: number, colors: number): void;
  _foyer_pointer(kind: number, x: number, y: number, button: number, touch: boolean): void;
  _foyer_link(x: number, y: number): number;
  _foyer_wheel(dx: number, dy: number): void;
  _foyer_key(which: number): void;
  _foyer_act(node: number, act: number, text: number, value: number): number;
  _foyer_route(text: number): void;
  _foyer_outside(event: number): void;
  _foyer_words(file: number): void;
  _foyer_context(restored: boolean): void;
  _foyer_report(): number;
  _free(at: number): void;
  stringToNewUTF8(text: string): number;
  UTF8ToString(at: number): string;
}
export default function createFoyer(options: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
  tell(what: number, text: string, value: number): void;
  bringRest?: () => Promise<unknown>; // what came later than foyer.wasm; missing: the program is one piece
  unlock(sealed: any): Promise<CryptoKey>;
}): Promise<Foyer>;
