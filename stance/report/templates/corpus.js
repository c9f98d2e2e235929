"use strict";
(() => {
  const pairs = JSON.parse(document.getElementById("pairs").textContent);
  const stories = [...document.querySelectorAll(".story")];
  const one = document.getElementById("one");
  const two = document.getElementById("two");

  const compare = () => {
    const chosen = [one, two].map((select) => Number(select.value));
    stories.forEach((story) => { story.hidden = !chosen.includes(Number(story.dataset.story)); });
    const first = stories[chosen[0]];
    first.parentElement.prepend(first);
    const pair = pairs.find(([figure, other]) => figure === Math.min(...chosen) && other === Math.max(...chosen));
    document.getElementById("difference").textContent = pair ? pair[2] : "";
  };

  document.querySelectorAll(".controls").forEach((controls) => { controls.hidden = false; });
  if (one) {
    [one, two].forEach((select) => select.addEventListener("change", compare));
    compare();
  }

  const find = document.getElementById("find");
  const articles = [...document.querySelectorAll(".articles li")];
  const texts = articles.map((article) => article.textContent.toLowerCase());
  if (find) find.addEventListener("input", () => {
    const wanted = find.value.toLowerCase();
    let count = 0;
    articles.forEach((article, index) => {
      article.hidden = !texts[index].includes(wanted);
      count += !article.hidden;
    });
    document.getElementById("found").textContent = wanted ? `${count} of ${articles.length}` : "";
  });
})();
