// Sets colours, density and language before the first paint. A file of its own because the page allows no inline script.
;(() => {
  const read = (name) => {
    try {
      return localStorage.getItem(`reeve.${name}`)
    } catch {
      return null
    }
  }
  const wanted = read('theme')
  const isDark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const { documentElement } = document
  const brand = read('brand') ?? ''
  if (/^#[0-9a-f]{6}$/.test(brand)) documentElement.style.setProperty('--brand', brand)
  documentElement.dataset.mode = isDark ? 'dark' : 'light'
  documentElement.dataset.density = read('density') ?? 'normal'
  documentElement.lang = read('language') ?? documentElement.lang
})()
