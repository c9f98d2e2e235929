"use strict";
(() => {
  const calls = JSON.parse(document.getElementById("calls").textContent);
  const order = ["support", "oppose", "neutral"];
  const panel = document.getElementById("why");
  const reasons = document.getElementById("reasons");
  let opened = null;

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const line = (cells, numbers, most) => {
    const row = make("tr");
    cells.forEach((cell) => row.append(make("td", cell)));
    numbers.forEach((number, index) => {
      const shown = (number < 0 ? "−" : "+") + Math.abs(number).toFixed(2);
      row.append(make("td", shown, "number" + (index === most ? ` most ${order[index]}` : "")));
    });
    return row;
  };

  const explain = (call) => {
    const quote = make("blockquote", call.sentence);
    quote.dir = "auto";
    const verdict = make("p");
    const name = make("bdi", call.figure);
    const shares = order.map((stance, index) => `${stance} ${call.probabilities[index].toFixed(2)}`).join(", ");
    verdict.append(make("strong", call.stance), " toward ", name, `: ${shares}${call.uncertain ? " (uncertain)" : ""}`);
    const found = [quote, verdict];
    if (call.reasons.length) {
      const table = make("table");
      const head = make("tr");
      ["Words", "Read as", "Support", "Oppose", "Neutral"].forEach((title) => {
        const cell = make("th", title);
        cell.scope = "col";
        head.append(cell);
      });
      const top = make("thead"), body = make("tbody"), foot = make("tfoot");
      top.append(head);
      call.reasons.forEach(([words, rule, ...numbers]) => {
        body.append(line([words, rule], numbers, numbers.indexOf(Math.max(...numbers))));
      });
      foot.append(line(["", "class scores: the sum of all"], call.scores, -1));
      table.append(top, body, foot);
      found.push(table);
    }
    reasons.replaceChildren(...found);
  };

  const close = () => {
    panel.hidden = true;
    if (opened) {
      opened.setAttribute("aria-expanded", "false");
      opened.focus();
      opened = null;
    }
  };

  const open = (button) => {
    if (opened) opened.setAttribute("aria-expanded", "false");
    opened = button;
    button.setAttribute("aria-expanded", "true");
    explain(calls[Number(button.dataset.call)]);
    panel.hidden = false;
  };

  const filter = (article) => {
    const pressed = article.querySelector('.pick[aria-pressed="true"]');
    const figure = pressed ? pressed.dataset.figure : null;
    const shown = new Set([...article.querySelectorAll(".show:checked")].map((box) => box.value));
    article.querySelector(".all").hidden = !figure;
    article.querySelectorAll("mark").forEach((mark) => {
      mark.classList.toggle("off", figure !== null && !mark.dataset.figures.split(" ").includes(figure));
    });
    article.querySelectorAll(".calls").forEach((group) => {
      const sides = new Set();
      let weak = true;
      group.querySelectorAll(".call").forEach((button) => {
        const visible = (!figure || button.dataset.figure === figure) && shown.has(button.dataset.stance);
        button.hidden = !visible;
        if (visible && button.dataset.stance !== "neutral") {
          sides.add(button.dataset.stance);
          weak = weak && button.classList.contains("uncertain");
        }
      });
      const tint = sides.size > 1 ? "mixed" : sides.size ? [...sides][0] : "neutral";
      group.previousElementSibling.className = `sentence ${tint}${sides.size && weak ? " weak" : ""}`;
    });
    if (opened && opened.hidden) close();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) {
      const article = button.closest(".article");
      if (button.id === "close") close();
      else if (button.classList.contains("call")) (button === opened ? close : open)(button);
      else if (article) {
        const already = button.getAttribute("aria-pressed") === "true";
        article.querySelectorAll(".pick").forEach((pick) => pick.setAttribute("aria-pressed", String(pick === button && !already)));
        filter(article);
      }
      return;
    }
    const sentence = event.target.closest(".sentence");
    const first = sentence && sentence.nextElementSibling.querySelector(".call:not([hidden])");
    if (first && !String(window.getSelection())) open(first);
  });
  document.addEventListener("change", (event) => {
    if (event.target.classList.contains("show")) filter(event.target.closest(".article"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
})();
