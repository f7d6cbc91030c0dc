using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What is tracked speaks of the project only: no path of one machine, no host of a package registry, no plans in the root.</summary>
public sealed class Leaks
{
    static readonly string[] RootEntries =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", ".globalconfig", "Aval.slnx", "CONTRIBUTING.md", "Directory.Build.props",
        "Directory.Packages.props", "LICENSE", "README.md", "aval", "bench", "data", "deploy", "docs", "global.json", "src", "tests",
    ];

    static readonly Regex MachinePath = new(
        @"(?<![\w.])/(?:work|root|tmp|farm|home|Users)/[\w.]|\b[A-Z]:\\Users\\", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    static readonly Regex RegistryHost = new(
        @"https?://[^\s/""']*(?:nuget|npmjs|npm|yarnpkg|registry|artifactory|nexus|pypi|pkgs|debian)[^\s/""']*\.|""resolved""\s*:\s*""http",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        TimeSpan.FromSeconds(1));

    [Fact]
    public void No_tracked_file_names_a_machine_or_a_registry() => Guard.Clean(Violations(Repository.Files));

    [Fact]
    public void The_root_holds_what_it_is_meant_to_hold() => Guard.Clean(Strangers(Repository.Paths));

    [Theory]
    [InlineData("see {0}work/main/notes")]
    [InlineData("\"{0}root/.cache\"")]
    [InlineData("cd {0}tmp/build")]
    [InlineData("HOME={0}home/maria/aval")]
    [InlineData("https:{0}{0}registry.npmjs.org/htmx.org")]
    [InlineData("https:{0}{0}api.nuget.org/v3/index.json")]
    [InlineData("http:{0}{0}mirror.packages.debian.example.com{0}x")]
    [InlineData("\"resolved\": \"https:{0}{0}example.com{0}a.tgz\"")]
    public void A_machines_path_and_a_registrys_host_are_refused(string template) =>
        Assert.Single(Violations([new("docs/README.md", "first\n" + template.Replace("{0}", "/", StringComparison.Ordinal))]));

    [Theory]
    [InlineData("/usr/lib/postgresql/15/bin")]
    [InlineData("https://example.com/work/item")]
    [InlineData("GET /api/v1/journal?root=C1")]
    [InlineData("https://dotnet.microsoft.com/download")]
    public void A_public_place_is_free(string text) => Assert.Empty(Violations([new("docs/README.md", text)]));

    [Fact]
    public void A_plan_in_the_root_is_refused() =>
        Assert.Equal(
            ["PLAN.md: does not belong in the root", "notes: does not belong in the root"],
            Strangers(["README.md", "src/Aval/a.cs", "PLAN.md", "notes/day1.md"]));

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where MachinePath.IsMatch(line.Item) || RegistryHost.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: names a machine's path or a registry's host";

    static IEnumerable<string> Strangers(IEnumerable<string> paths) =>
        paths.Select(path => path.Split('/')[0]).Except(RootEntries).Select(entry => $"{entry}: does not belong in the root");
}
