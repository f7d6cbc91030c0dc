using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Aval.Browser;

/// <summary>What keeps somebody from using a page, by the rules of WCAG 2.0 to 2.2, levels A and AA, as axe checks them.</summary>
/// <remarks>The page is asked itself, and for nothing but what is wrong: the package's own way opens a second page for each answer and describes every element that is right,
/// which takes most of a processor's time of these tests.</remarks>
static class Barriers
{
    const string Ask = """
        async colours => (await axe.run(document, {
            runOnly: colours ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
              : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
            resultTypes: ['violations'], selectors: false,
        })).violations.map(found =>
            `${found.id}: ${found.help}\n  ` + found.nodes.slice(0, 3).map(node => `${node.html} ${node.any.map(check => check.message).join(' ')}`).join('\n  '))
        """;

    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>A sentence and up to three places each; none when everybody can use the page.</summary>
    /// <param name="colours">Asks for nothing but what the colours are a barrier to.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(IPage page, bool colours = false)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'")) await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Ask, colours);
    }
}
