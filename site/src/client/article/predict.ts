/** A guess is set beside its answer, which shows then. */
for (const question of document.querySelectorAll<HTMLElement>('[data-predict]')) {
  const verdict = question.querySelector('output')
  const answer = question.nextElementSibling
  question.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !verdict) return
    const right = question.dataset['predict']
    verdict.textContent = `You said: ${target.value}. ${target.value === right ? 'So it is.' : `It is: ${right}.`}`
    if (answer instanceof HTMLDetailsElement) answer.open = true
  })
}
