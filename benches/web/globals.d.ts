// What the benchmark leaves on a page's window for run.mjs to call.
interface Window {
  contender: import("./contenders/page.js").Contender;
  peak: import("./contenders/page.js").Peak;
  observed: import("./observe.js").Observed;
}
