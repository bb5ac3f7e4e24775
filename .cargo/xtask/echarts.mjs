// The part of ECharts that the pages use, as the global `echarts` which the Rust side calls.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { dispose, getInstanceByDom, init, registerTheme, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TitleComponent, TooltipComponent, SVGRenderer]);

// A tooltip made of HTML carries style attributes, which a strict content security policy drops.
const withoutInlineStyles = { tooltip: { renderMode: "richText" } };

globalThis.echarts = {
  // The caller names no renderer and ECharts would assume a canvas; SVG stays sharp and is smaller to load.
  init: (element, theme, options) => init(element, theme || withoutInlineStyles, { renderer: "svg", ...options }),
  dispose,
  getInstanceByDom,
  registerTheme,
};
