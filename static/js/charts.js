// Charts of scores. Each draws the table below it, which says the same in words; so a chart is hidden from readers of screens.
(() => {
  // Told apart by lightness as well as by colour, for those who see few colours.
  const COLOURS = ["#1d5b8a", "#e0a030", "#5fb3a5", "#8d6ba8", "#9fb4c7", "#b5523f", "#3f7d4f", "#d9b8a0"];
  const SHAPES = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];
  const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });
  const text = { fontFamily: "Be Vietnam Pro, system-ui, sans-serif", color: "#33414e" };
  const axis = { axisLine: { lineStyle: { color: "#9fb4c7" } }, axisLabel: { ...text }, splitLine: { lineStyle: { color: "#e6ebf0" } } };
  const values = { type: "value", ...axis, axisLabel: { ...text, formatter: (value) => number.format(value) } };
  const narrow = (element) => element.clientWidth < 560;
  const GRID = { left: 16, right: 28, top: 56, bottom: 16, containLabel: true };
  const LEGEND = { type: "scroll", top: 8, left: 12, right: 12, textStyle: { ...text }, formatter: (name) => (name.length > 46 ? `${name.slice(0, 45)}…` : name) };
  const names = (element, data) => ({
    type: "category", data: data.names, inverse: true, ...axis,
    axisLabel: { ...text, fontSize: narrow(element) ? 10 : 12, lineHeight: narrow(element) ? 12 : 15,
      width: narrow(element) ? 125 : 240, overflow: "break", interval: 0 },
  });

  const DRAW = {
    // A bar a member, a part a group of criteria; deductions go to the left of zero. The total stands at the end of each bar,
    // because bars begin at zero and so look alike.
    stacked: (element, data) => ({
      xAxis: { ...values, min: (range) => (range.min < 0 ? Math.floor(range.min / 5) * 5 : 0) }, yAxis: names(element, data),
      grid: { ...GRID, right: 56 },
      legend: { ...LEGEND, data: data.series.map((row) => row.name) },
      series: [
        ...data.series.map((row) => ({
          name: row.name, type: "bar", stack: "points", barMaxWidth: 22, data: row.values, itemStyle: { borderColor: "#fff", borderWidth: 1 },
        })),
        { name: "Tổng", type: "bar", stack: "points", silent: true, data: data.names.map(() => 1e-6),  // above zero: at the end of what was earned
          label: { ...text, show: true, position: "right", fontWeight: 600, formatter: (point) => number.format(data.totals[point.dataIndex]) } },
      ],
    }),
    // Three marks on a line for each cluster: best, average, lowest, as a share of what could be reached. Marks, unlike bars,
    // need no zero: the axis begins just below the lowest, so that differences are seen.
    spread: (element, data) => ({
      xAxis: { ...values, min: (range) => Math.max(0, Math.floor(range.min / 5) * 5 - 5), max: (range) => Math.max(100, range.max),
        axisLabel: { ...text, formatter: (value) => `${number.format(value)} %` } },
      yAxis: { ...names(element, data), splitLine: { show: true, lineStyle: { color: "#e6ebf0" } } },
      series: data.series.map((row, place) => ({ name: row.name, type: "scatter", symbol: SHAPES[place], symbolSize: 13, data: row.values })),
    }),
    // A line a member; the first place is at the top.
    ranks: (element, data) => ({
      xAxis: { type: "category", data: data.names, boundaryGap: data.names.length < 2, ...axis },
      yAxis: { ...values, inverse: true, min: 1, minInterval: 1 },
      series: data.series.map((row, place) => ({
        name: row.name, type: "line", data: row.values, connectNulls: false, symbol: SHAPES[place % SHAPES.length], symbolSize: 9,
        lineStyle: { width: 2, type: place < COLOURS.length ? "solid" : "dashed" },
      })),
    }),
  };

  function draw(element) {
    const data = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    const lines = { ranks: 10, stacked: data.names.length, spread: data.names.length * 1.5 }[data.kind];
    element.style.height = `${Math.round(120 + 38 * Math.max(lines, 3))}px`;
    const chart = echarts.init(element, null, { renderer: "svg" });
    // Words of a tooltip as text: a tooltip of HTML would bring inline styles, which the pages forbid.
    const tooltip = { trigger: "item", renderMode: "richText", confine: true, textStyle: { ...text, overflow: "break", width: 260 },
      formatter: (point) => `${point.name}\n${point.seriesName}: ${number.format(point.value)}${data.kind === "spread" ? " %" : ""}` };
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ color: COLOURS, textStyle: text, animation: !reduced, legend: LEGEND, tooltip, grid: GRID, ...DRAW[data.kind](element, data) });
    new ResizeObserver(() => chart.resize()).observe(element);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(draw));
})();
