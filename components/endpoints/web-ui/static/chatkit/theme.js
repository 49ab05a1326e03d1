// How the element looks: its options become custom properties, which its style sheet uses.

const RADIUS = { pill: "18px", round: "14px", soft: "8px", sharp: "0px" };
const DENSITY = { compact: "0.75", normal: "1", spacious: "1.3" };

/**
 * Puts a theme on the element.
 * @param {HTMLElement} host
 * @param {ElementTheme} theme
 */
export function applyTheme(host, { colorScheme, radius, density, typography = {}, color = {} }) {
  const { style } = host;
  style.colorScheme = colorScheme ?? "light";
  const { grayscale, accent, surface } = color;
  set(style, "--ck-radius", radius && RADIUS[radius]);
  set(style, "--ck-density", density && DENSITY[density]);
  set(style, "--ck-accent", accent?.primary);
  set(style, "--ck-surface", surface?.background);
  set(style, "--ck-ink", surface?.foreground);
  set(style, "--ck-hue", grayscale && String(grayscale.hue));
  set(style, "font-size", typography.baseSize && `${typography.baseSize}px`);
  set(style, "font-family", typography.fontFamily);
  set(style, "--ck-mono", typography.fontFamilyMono);
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} name
 * @param {string | undefined | 0} value
 */
function set(style, name, value) {
  if (value) style.setProperty(name, value);
  else style.removeProperty(name);
}
