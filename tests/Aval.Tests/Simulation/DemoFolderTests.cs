using Aval.Host;
using Aval.Kernel.Storage;

namespace Aval.Tests.Simulation;

/// <summary>A demonstration throws away what an earlier one has left, and nothing that is somebody's own.</summary>
public sealed class DemoFolderTests : IDisposable
{
    const string Made = "300 customers, 18 months to 2026-03-02, seed 1, version 0123456789abcdef0123456789abcdef";

    readonly string folder = Directory.CreateTempSubdirectory("aval-demo-folder-").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("unfinished")]
    [InlineData("The demo of our own product, in three parts")]
    [InlineData("x " + Made)]
    public void A_folder_with_a_file_of_that_name_and_something_else_in_it_is_left_alone(string text)
    {
        Write("demo.txt", text);
        Write("aval.db", "somebody's");
        Assert.Throws<StoreRefusedException>(() => new DemoFolder(folder).Clear());
        Assert.Equal((text, "somebody's"), (Read("demo.txt"), Read("aval.db")));
    }

    [Fact]
    public void A_folder_without_the_mark_is_left_alone()
    {
        Write("letter.txt", "mine");
        Assert.Throws<StoreRefusedException>(() => new DemoFolder(folder).Clear());
    }

    [Fact]
    public void Of_an_earlier_demonstration_only_the_files_of_its_store_go()
    {
        var demo = new DemoFolder(folder);
        foreach (var end in new[] { demo.Begin, (Action<string>)demo.Finish })
        {
            demo.Begin(Made);
            Assert.False(demo.IsOf(Made));
            end(Made);
            foreach (var name in new[] { "aval.db", "aval.db-wal", "serving.lock", "letter.txt" }) Write(name, name);
            Directory.CreateDirectory(Path.Combine(folder, "src"));
            demo.Clear();
            Assert.Equal(["letter.txt", "src"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        demo.Finish(Made);
        Assert.True(demo.IsOf(Made));
        demo.Clear();
        new DemoFolder(Path.Combine(folder, "none")).Clear();
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    string Read(string name) => File.ReadAllText(Path.Combine(folder, name));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
