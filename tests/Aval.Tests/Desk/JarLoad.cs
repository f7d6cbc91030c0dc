using Aval.Kernel;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A process that asks as fast as it can and says what it was answered, until somebody kills it.</summary>
static class JarLoad
{
    const int Callers = 32;

    public static async Task<int> RunAsync(Database database, string place)
    {
        await using var shelf = await ReopenAsync(database, place);
        var run = Guid.CreateVersion7().ToString("N")[20..];
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var n = 0; ; n++)
            {
                var number = $"{run}-{caller}-{n}";
                var answer = await shelf.DoAsync(new PutCoin(number, n % 5 == 0 ? "small" : Name((caller + n) % 8), 1));
                var word = answer.Problem is null ? "ok" : answer.Problem.Kind == JarProblems.JarFull ? "no" : "broken";
                lock (shelf) Console.Out.WriteLine($"{word} {number}");
            }
        }));
        return 0;
    }
}
