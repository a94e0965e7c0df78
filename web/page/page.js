// The one door from C++ to the page's own modules: Module.tell(what, text, number), see page.hpp for the list. And the
// browser's letters for runs that the page's own font has none for (text.hpp).
addToLibrary({
  foyer_page_tell__deps: ['$UTF8ToString'],
  foyer_page_tell: (what, text, number) => Module['tell'](what, UTF8ToString(text), number),

  // A canvas that nobody sees, made when the first such run is met.
  $foyerPen: (em, semibold) => {
    const pen = (foyerPen['made'] ??= document.createElement('canvas').getContext('2d', {willReadFrequently: true}));
    pen.font = `${semibold ? 600 : 400} ${em}px system-ui, sans-serif`;
    return pen;
  },
  foyer_run_width__deps: ['$foyerPen', '$UTF8ToString'],
  foyer_run_width: (run, em, semibold) => foyerPen(em, semibold).measureText(UTF8ToString(run)).width,
  foyer_run_draw__deps: ['$foyerPen', '$UTF8ToString'],
  foyer_run_draw: (run, em, semibold, color, pixels, width, height, left, baseline) => {
    const text = UTF8ToString(run);
    Object.assign(foyerPen(em, semibold).canvas, {width: width, height: height}); // and empties it
    const pen = foyerPen(em, semibold);
    pen.fillStyle = `#${(color >>> 0).toString(16).padStart(6, '0')}`;
    pen.textAlign = 'left';
    // As a paragraph: the first letter says from where to where.
    pen['direction'] = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u.test(text) ? 'rtl' : 'ltr';
    pen.fillText(text, left, baseline);
    HEAPU8.set(pen.getImageData(0, 0, width, height).data, pixels);
  },
});
