// The height of a chart in pixels, which its place has before the chart is loaded.
export const CHART_HEIGHT = 220;
