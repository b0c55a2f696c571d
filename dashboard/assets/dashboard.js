// Links and forms of the dashboard change the address without loading the page again; without this script they still work.
(function () {
  "use strict";

  // A page with a chart loads this bundle of plotly.js, a quarter of the one that Dash brings and sets as its page starts.
  Object.defineProperty(window, "_dashPlotlyJSURL", {
    get: function () { return document.body.dataset.charts; },
    set: function () {}
  });

  // It is fetched while nothing else is, so that no later view waits for it; not where somebody pays for each byte.
  window.addEventListener("load", function () {
    if (navigator.connection && navigator.connection.saveData) return;
    (window.requestIdleCallback || setTimeout)(function () {
      ask(document.body.dataset.charts).catch(function () {});
    });
  });

  var pushed = false;

  function isOurs(url) {
    var config = document.getElementById("_dash-config");
    var prefix = config ? JSON.parse(config.textContent).requests_pathname_prefix : "/dashboard/";
    return url.origin === location.origin && url.pathname.indexOf(prefix) === 0 && !/\.(csv|xlsx|ods|pdf)$/.test(url.pathname);
  }

  function go(url) {
    hideNotice();
    pushed = true;
    history.pushState({}, "", url);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    var plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target || link.getAttribute("href").charAt(0) === "#") return;
    var url = new URL(link.href);
    if (!isOurs(url)) return;
    event.preventDefault();
    go(url.href);
  });

  document.addEventListener("submit", function (event) {
    var url = new URL(event.target.action);
    if (event.target.method !== "get" || !isOurs(url)) return;
    event.preventDefault();
    url.search = new URLSearchParams(new FormData(event.target)).toString();
    go(url.href);
  });

  // A new title is a new page: name the tab, and take the reader to its heading unless the page is just loading.
  new MutationObserver(function () {
    var heading = document.querySelector("#page h1");
    if (!heading || heading.dataset.announced === location.href) return;
    var isFirst = document.body.dataset.ready !== "yes";
    heading.dataset.announced = location.href;
    document.body.dataset.ready = "yes";
    document.title = heading.dataset.title + " – " + document.querySelector(".dash-service-name").textContent;
    if (isFirst) return;
    heading.focus({ preventScroll: true });
    if (pushed) window.scrollTo(0, 0);
    pushed = false;
  }).observe(document.documentElement, { childList: true, subtree: true });

  function hideNotice() {
    document.getElementById("notice").textContent = "";
  }

  function showNotice(words) {
    document.getElementById("notice").textContent = document.getElementById("notice").dataset[words];
  }

  // On paper a chart is as wide as the paper, and what explains the figures is open.
  var PAPER = 640;

  function eachChart(change) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      if (chart.offsetWidth > PAPER || chart.dataset.onPaper) change(chart);
    });
  }

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (details) {
      details.open = true;
      details.dataset.onPaper = "yes";
    });
    eachChart(function (chart) {
      chart.dataset.onPaper = "yes";
      window.Plotly.relayout(chart, { width: PAPER, autosize: false });
    });
  });

  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-on-paper]").forEach(function (details) {
      details.open = false;
      delete details.dataset.onPaper;
    });
    eachChart(function (chart) {
      if (!chart.dataset.onPaper) return;
      delete chart.dataset.onPaper;
      window.Plotly.relayout(chart, { width: null, autosize: true });
    });
  });

  // Dash says nothing when an answer does not come: we do.
  var ask = window.fetch;
  window.fetch = function () {
    return ask.apply(window, arguments).then(
      function (response) {
        if (response.status === 403) showNotice("signedOut");
        else if (response.status >= 400) showNotice("failed");
        return response;
      },
      function (error) {
        showNotice("failed");
        throw error;
      }
    );
  };
})();
