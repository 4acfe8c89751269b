// What the benchmark leaves on a page's window for run.mjs to call.
interface Window {
  contender: import("./contenders/page.js").Contender;
  observed: import("./observe.js").Observed;
}
