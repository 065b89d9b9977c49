// Colours, type and the defaults of components. Secondary text keeps a contrast of 4.5 : 1 in both themes.
import { type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
  components: {
    Alert: { defaultProps: { variant: 'light' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
    Card: { defaultProps: { withBorder: true, padding: 'lg' } },
    NavLink: { styles: { root: { borderRadius: 'var(--mantine-radius-md)' } } },
    Slider: { styles: { markLabel: { color: 'var(--mantine-color-dimmed)' } } },
    // Mantine's placeholder for the initial focus is no menu item, the only thing a menu may contain.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' } },
      styles: {
        title: {
          fontWeight: 650,
          fontSize: 'var(--mantine-font-size-lg)',
          overflowWrap: 'anywhere',
          lineHeight: 1.3,
        },
      },
    },
    Tooltip: { defaultProps: { multiline: true, maw: 280, withArrow: true } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6270',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-yellow-light-color': '#7a4300',
    '--mantine-color-teal-light-color': '#066649',
    '--mantine-color-placeholder': '#6b7280',
    '--kindred-ground': '#f6f7f9',
    '--kindred-good': '#087f5b',
    '--kindred-neutral': '#495057',
    '--kindred-bad': '#c92a2a',
    '--kindred-unknown': '#8a4b00',
  },
  dark: {
    '--mantine-color-dimmed': '#a6acb8',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-placeholder': '#9aa0ab',
    '--kindred-ground': 'var(--mantine-color-dark-8)',
    '--kindred-good': '#38d9a9',
    '--kindred-neutral': '#ced4da',
    '--kindred-bad': '#ff8787',
    '--kindred-unknown': '#ffd43b',
  },
});
