/** The part that is being read is marked in the contents. */
const links = new Map(
  Array.from(document.querySelectorAll<HTMLAnchorElement>('.contents a'), (link) => [link.hash.slice(1), link]),
)
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id)
      if (isIntersecting) link?.setAttribute('aria-current', 'true')
      else link?.removeAttribute('aria-current')
    }
  },
  { rootMargin: '-30% 0px -69% 0px' },
)
for (const id of links.keys()) {
  const part = document.getElementById(id)
  if (part) seen.observe(part)
}
