using System.Text.RegularExpressions;
using Aval.Simulation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Every page at every width, with texts in it that nobody would write but to see it break: words without an end, markup, quotes, another writing direction.</summary>
public sealed class WidthTests : IAsyncLifetime
{
    /// <summary>Pages of one shape that are looked at: one customer's page is like another's.</summary>
    const int OfAKind = 1;
    const int MostPages = 130;

    static readonly int[] Widths = [1400, 1024, 768, 390];

    /// <summary>What its longer words break, they break where there is little room.</summary>
    static readonly int[] WidthsInGerman = [1024, 390];

    static readonly string Word = new('W', 200);

    readonly DemoCompany company = new(new SimulationPlan(40, 4, 7, new DateOnly(2026, 3, 2)));

    public async ValueTask InitializeAsync() => await company.InitializeAsync();

    public ValueTask DisposeAsync() => company.DisposeAsync();

    [Theory]
    [InlineData("en-GB")]
    [InlineData("de")]
    public async Task No_page_is_wider_than_its_window_or_its_paper_and_what_was_typed_stays_text(string language)
    {
        await using var visitor = await Visitor.NewAsync(company);
        var page = visitor.Page;
        var first = await HostileCompany.EnterAsync(company, Word);
        await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["Accept-Language"] = language });
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        await page.Locator("#key").FillAsync(DemoCompany.AdminKey);
        await page.Locator("#key").PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(company.Address + "/");
        await HostileCompany.SendFormsAsync(page, first, Word, filled: language != "de");
        visitor.ForgetRefusals("4");
        var (faults, kinds) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var waiting = new Queue<string>(first.Prepend("/"));
        var looked = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var address) && looked.Count < MostPages)
        {
            if (!looked.Add(address)) continue;
            if ((await page.GotoAsync(address))!.Status >= 500) faults.Add($"{address} is broken");
            foreach (var width in language == "de" ? WidthsInGerman : Widths)
            {
                await page.SetViewportSizeAsync(width, 900);
                if (await WiderAsync(page) is { } wider) faults.Add($"{address} at {width}: {wider}");
            }

            await page.SetViewportSizeAsync(794, 1123);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            if (await WiderAsync(page) is { } printed) faults.Add($"{address} on paper: {printed}");
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
            foreach (var glued in await page.EvaluateAsync<string[]>(Glued)) faults.Add($"{address}: “{glued}” is written without a space");
            if (await page.Locator("img[src=x], [onerror]").CountAsync() > 0) faults.Add($"{address}: a text has become markup");
            foreach (var link in await page.Locator("main a[href^='/'], .menu a[href^='/']").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))"))
                if (!link.Contains("as=", StringComparison.Ordinal) && kinds.TryAdd(KindOf(link), 0) | (kinds[KindOf(link)]++ < OfAKind)) waiting.Enqueue(link.Split('#')[0]);
        }

        visitor.AssertQuiet();
        Assert.True(looked.Count > 60, $"only {looked.Count} pages were found");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Words of two elements in one line with nothing between them: Razor drops the space before a condition or a loop, which `@(" ")` behind it keeps. Whatever stands
    /// apart as a block, a cell or a part of a flexible box is another line.</summary>
    const string Glued = """
        () => {
          const isInline = one => getComputedStyle(one).display.startsWith('inline');
          const leavesLine = (from, to) => {
            for (let at = from; at && !at.contains(to); at = at.parentElement) if (!isInline(at)) return true;
            return false;
          };
          for (const part of document.querySelectorAll('main details')) part.open = true;
          const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT), found = [];
          let last = null, isApart = true;
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (node.nodeType === Node.ELEMENT_NODE) {
              isApart ||= !isInline(node) || node.matches('br, input, select, textarea, button, svg, svg *, option');
            } else if (node.data.trim() === '') {
              isApart = true;
            } else if (!node.parentElement.closest('svg, option, datalist') && node.parentElement.checkVisibility()) {
              const ends = last && /[\p{L}\p{N}.!?:;,”»)]$/u.test(last.data), begins = /^[\p{L}\p{N}“«(]/u.test(node.data);
              if (ends && begins && !isApart && !leavesLine(last.parentElement, node)) found.push(last.data.slice(-30) + node.data.slice(0, 30));
              [last, isApart] = [node, false];
            }
          }
          return found;
        }
        """;

    /// <summary>By how much, and what it is; null where it fits. A table in a card of its own may be moved by itself on a screen.</summary>
    static async Task<string?> WiderAsync(IPage page) => await page.EvaluateAsync<string?>("""
        () => {
          const wide = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - wide;
          if (over <= 0) return null;
          const moves = one => {
            for (let at = one.parentElement; at; at = at.parentElement) if (/(auto|scroll|hidden)/.test(getComputedStyle(at).overflowX)) return true;
            return false;
          };
          const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > wide + 1 && !moves(one)).slice(-3);
          return `${over} pixels: ` + out.map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).join(' | ');
        }
        """);

    static string KindOf(string address)
    {
        var parts = address.Split('#')[0].Split('?');
        var path = parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('/', path.Select((part, at) => at == 0 || Regex.IsMatch(part, "^[a-z-]+$") ? part : "*"))
            + "?" + string.Join('&', parts.Skip(1).SelectMany(query => query.Split('&')).Select(field => field.Split('=')[0]).Order(StringComparer.Ordinal));
    }
}
